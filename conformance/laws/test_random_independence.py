"""The law of independence: a random operator decides each unit by itself, and anew in each call.

Where it does, two units of a pair are decided alike with the chance p^2 + (1 - p)^2, and pairs without a common unit
are independent of each other, so how many are decided alike is binomial. Three kinds of pairs are counted: a unit and
its neighbour, a unit of the first half and its counterpart in the second (another sample's same channel), and a unit in
one call and in the next. The three share the chance of a false alarm.
"""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._random import fates, outputs, require_share, units
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("random_independence", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_random_independence(trial: Trial) -> None:
    """Count the pairs of units that are decided alike."""

    def verify(case: Case) -> None:
        kept = trial.check.card.choice.probability(**case.options)
        alike = kept * kept + (1 - kept) * (1 - kept)
        first, second = (units(trial, case, fates(trial, case, output)) for output in outputs(trial, case, 2))
        half = first.size // 2
        pairs = {
            "neighbours decided alike": first[: 2 * half : 2] == first[1 : 2 * half : 2],
            "counterparts of the two halves decided alike": first[:half] == first[half : 2 * half],
            "units decided as in the call before": first == second,
        }
        for what, same in pairs.items():
            require_share(trial, case, what, int(same.sum()), same.size, alike, len(pairs))

    trial.each_case(verify)

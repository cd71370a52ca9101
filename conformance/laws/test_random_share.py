"""The law of random shares: as many units are kept as their documented chance makes likely.

The bounds are exact quantiles of the binomial distribution. A backend that draws as is documented fails a check with a
chance below 1e-9, whatever the seed.
"""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._random import fates, outputs, require_share, units
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("random_share", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_random_share(trial: Trial) -> None:
    """Count the units that are kept."""

    def verify(case: Case) -> None:
        probability = trial.check.card.choice.probability(**case.options)
        (output,) = outputs(trial, case)
        kept = units(trial, case, fates(trial, case, output))
        require_share(trial, case, "units kept", int(kept.sum()), kept.size, probability)

    trial.each_case(verify)

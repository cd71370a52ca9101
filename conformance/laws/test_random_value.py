"""The law of random values: each element of a random operator's output is one of the two that are documented."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._random import expected, fates, outputs
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("random_value", Profile.FUNCTIONAL, OperatorCard, halves=True)


def test_random_value(trial: Trial) -> None:
    """Compare every element with what a kept one becomes, or with what a dropped one does."""
    check = trial.check

    def verify(case: Case) -> None:
        (output,) = outputs(trial, case)
        mask = fates(trial, case, output)
        trial.compare(
            output,
            lambda _, arithmetic: expected(check.card, case, check.dtype, arithmetic, mask),
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)

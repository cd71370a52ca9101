"""The law of initial values: what an initializer that draws nothing sets every element to."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.initial import Filling
from conformance.law import Law
from conformance.laws._sampling import filled
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("initial_values", Profile.INITIALIZER, InitializerCard)


def test_initial_values(trial: Trial) -> None:
    """Compare every element with the documented value."""
    check = trial.check
    values = check.card.values

    def verify(case: Filling) -> None:
        trial.compare(
            filled(trial, case),
            lambda _, arithmetic: values(case.shape, arithmetic, **{**check.card.defaults, **case.options}),
            call=case.call(check.card.name, check.dtype),
            what="tensor",
        )

    trial.each_case(verify)

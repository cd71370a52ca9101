"""The law of initial bounds: no element is outside of the documented interval, not by a single rounding too many."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.initial import Filling
from conformance.law import Law
from conformance.laws._sampling import distribution_of, filled, require_within
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("initial_bounds", Profile.INITIALIZER, InitializerCard)


def test_initial_bounds(trial: Trial) -> None:
    """Compare every drawn element with the bounds."""
    check = trial.check

    def verify(case: Filling) -> None:
        samples = check.card.drawn(filled(trial, case))
        require_within(samples, distribution_of(trial, case), case.call(check.card.name, check.dtype), "tensor")

    trial.each_case(verify)

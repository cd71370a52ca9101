"""The law of initial distributions: what an initializer draws has the documented distribution.

The allowed distance follows from the number of elements and from the chance of a false alarm (see
:mod:`conformance.distribution`); the chances of a clause's checks add up to less than 1e-9.
"""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.initial import Filling
from conformance.law import Law
from conformance.laws._sampling import distribution_of, filled, require_drawn_from
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("initial_distribution", Profile.INITIALIZER, InitializerCard)


def test_initial_distribution(trial: Trial) -> None:
    """Compare the distribution of the drawn elements with the documented one."""
    check = trial.check

    def verify(case: Filling) -> None:
        samples = check.card.drawn(filled(trial, case))
        require_drawn_from(
            trial, samples, distribution_of(trial, case), case.call(check.card.name, check.dtype), "tensor"
        )

    trial.each_case(verify)

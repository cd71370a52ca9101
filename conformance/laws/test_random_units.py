"""The law of random units: what a random operator decides at once is kept or dropped as a whole."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._random import fates, outputs, units
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("random_units", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_random_units(trial: Trial) -> None:
    """Look at the elements of every unit."""

    def verify(case: Case) -> None:
        (output,) = outputs(trial, case)
        units(trial, case, fates(trial, case, output))

    trial.each_case(verify)

"""The refusal law of gains: a nonlinearity without a documented gain raises an error."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.initial import Gain
from conformance.law import Law
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial

LAW = Law("gain_refusal", Profile.INITIALIZER, InitializerCard, dtypes=("float64",))


def test_gain_refusal(trial: Trial) -> None:
    """Ask for the gain of what has none."""
    check = trial.check
    case: Gain = check.case
    with refused(case.call(check.card.name, check.dtype), *check.statement.raises):
        trial.backend.gain(case.nonlinearity, case.parameter)

"""The value law: what an operator returns is what its definition gives, each element within its budget."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.law import Law
from conformance.laws._values import compare_outputs
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("value", Profile.FUNCTIONAL, OperatorCard, halves=True)


def test_value(trial: Trial) -> None:
    """Compare the operator's output with the definition."""
    compare_outputs(trial)

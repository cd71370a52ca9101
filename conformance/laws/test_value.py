"""The value law: what an operator returns is what its definition gives, each element within its budget."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import expected_outputs
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("value", Profile.FUNCTIONAL, OperatorCard, halves=True)


def test_value(trial: Trial) -> None:
    """Compare the operator's output with the definition."""
    check = trial.check

    def verify(case: Case) -> None:
        trial.compare_all(
            trial.call(case),
            lambda formula, arithmetic: expected_outputs(check.card, formula, case, check.dtype, arithmetic).arrays,
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)

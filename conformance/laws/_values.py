"""What the laws of values share: outputs against the definition."""

from __future__ import annotations

from conformance.case import Case
from conformance.expectation import expected_outputs
from conformance.trial import Trial


def compare_outputs(trial: Trial) -> None:
    """Compare the outputs of every case with the definition."""
    check = trial.check

    def verify(case: Case) -> None:
        trial.compare_all(
            trial.call(case),
            lambda formula, arithmetic: expected_outputs(check.card, formula, case, check.dtype, arithmetic).arrays,
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)

"""The law of what is written: the arguments that a call is documented to change are, after it, what is documented."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import expected_written
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("written", Profile.FUNCTIONAL, OperatorCard, halves=True)


def test_written(trial: Trial) -> None:
    """Call the operator, and compare the arguments that it writes to."""
    check = trial.check

    def verify(case: Case) -> None:
        natives = trial.natives(case)
        with quiet():
            trial.arrays(trial.apply(trial.operator(), case, natives))
        names = list(expected_written(check.card, case, check.dtype, trial.arithmetic))
        trial.compare_all(
            {f"{name} after the call": trial.array(natives[name]) for name in names},
            lambda _, arithmetic: {
                f"{name} after the call": expected
                for name, expected in expected_written(check.card, case, check.dtype, arithmetic).items()
            },
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)

"""The refusal law: arguments that the documentation rules out raise an error."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial

LAW = Law("refusal", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_refusal(trial: Trial) -> None:
    """Call the operator with arguments that it must refuse."""
    check = trial.check

    def verify(case: Case) -> None:
        operator = trial.operator()
        with refused(case.call(check.card.name, check.dtype), *check.statement.raises):
            trial.backend.to_numpy(trial.apply(operator, case, trial.natives(case)))

    trial.each_case(verify)

"""The shape law: an operator's output has the shape that its documented formula gives."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.case import Case
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("shape", Profile.FUNCTIONAL, OperatorCard, dtypes=("float32",))


def test_shape(trial: Trial) -> None:
    """Compare the output's shape with the card's formula."""

    def verify(case: Case) -> None:
        formula = trial.check.card.output_shape
        expected = tuple(formula(**case.shapes(), **case.options))
        actual = next(iter(trial.call(case).values())).shape
        if actual != expected:
            trial.fail("the output has another shape", case, f"shape {list(expected)}", f"shape {list(actual)}")

    trial.each_case(verify)

"""The dtype law: an operator returns, and differentiates to, the floating-point type that it was given."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import OperatorCard, Statement
from conformance.case import Case
from conformance.clause import documented
from conformance.law import Law
from conformance.oracle import numpy_dtype
from conformance.profile import Profile
from conformance.trial import Trial


def same_dtype(card: OperatorCard) -> Iterator[Statement]:
    """State that the output's dtype is the inputs', in the card's basic case."""
    if card.states[0].cases:
        yield Statement(
            "dtype",
            f"{card.name} of arrays of one floating-point type gives an array of that type.",
            "dtype",
            card.states[0].cases[:1],
            link=documented("tensor_attributes.html#torch.dtype"),
        )


LAW = Law("dtype", Profile.FUNCTIONAL, OperatorCard, same_dtype)


def test_dtype(trial: Trial) -> None:
    """Compare the output's dtype with the inputs'."""

    def verify(case: Case) -> None:
        actual = next(iter(trial.call(case).values())).dtype
        if actual != numpy_dtype(trial.check.dtype):
            trial.fail("the output has another dtype", case, trial.check.dtype, str(actual))

    trial.each_case(verify)

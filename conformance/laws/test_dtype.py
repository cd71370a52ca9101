"""The dtype law: an operator returns the floating-point type that it was given, or the one type that it always has."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.law import Law
from conformance.oracle import numpy_dtype
from conformance.profile import Profile
from conformance.trial import Trial


def same_dtype(card: OperatorCard) -> Iterator[Statement]:
    """State that the output's dtype is the inputs', or what the card says, in the card's basic case."""
    if not card.states[0].cases:
        return
    same = f"{card.name} of arrays of one floating-point type gives an array of that type."
    yield Statement(
        "dtype",
        same if card.result_dtype is None else f"{card.name} gives an array of type {card.result_dtype}.",
        "dtype",
        card.states[0].cases[:1],
        link=documented("tensor_attributes.html#torch.dtype") if card.result_dtype is None else None,
    )
    yield from described(card.states, "dtype")


LAW = Law("dtype", Profile.FUNCTIONAL, OperatorCard, same_dtype, halves=True)


def test_dtype(trial: Trial) -> None:
    """Compare the output's dtype with the inputs', or with the one that the card states."""
    card = trial.check.card
    expected = trial.check.dtype if card.result_dtype is None else card.result_dtype

    def verify(case: Case) -> None:
        actual = next(iter(trial.call(case).values())).dtype
        if actual != numpy_dtype(expected):
            trial.fail("the output has another dtype", case, expected, str(actual))

    trial.each_case(verify)

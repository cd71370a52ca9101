"""The law of operators in place: with ``inplace=True`` their input holds the result."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import OperatorCard, Statement
from conformance.case import Case
from conformance.expectation import expected_outputs
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def in_place_cases(card: OperatorCard) -> tuple[Case, ...]:
    """Return the cases of the card that ask for the result in the place of the input."""
    return tuple(case for case in card.cases() if case.options.get("inplace") is True)


def operators(card: OperatorCard) -> Iterator[Statement]:
    """State it of every card with a case that asks for it."""
    cases = in_place_cases(card)
    if cases and card.choice is None:  # what drops elements at random has a law of its own
        sentence = f"With inplace=True {card.name} computes in place: its input holds the result."
        yield Statement("in-place-memory", sentence, "in_place", cases)


LAW = Law("in_place", Profile.FUNCTIONAL, OperatorCard, operators)


def test_in_place(trial: Trial) -> None:
    """Call the operator, and compare its first input with the definition's output."""
    check = trial.check

    def verify(case: Case) -> None:
        natives = trial.natives(case)
        with quiet():
            trial.array(trial.apply(trial.operator(), case, natives))
        first = next(iter(natives))
        trial.compare(
            trial.array(natives[first]),
            lambda formula, arithmetic: expected_outputs(check.card, formula, case, check.dtype, arithmetic).arrays[
                "output"
            ],
            call=case.call(check.card.name, check.dtype),
            what=f"{first} after the call",
        )

    trial.each_case(verify)

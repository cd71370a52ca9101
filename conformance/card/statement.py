"""Statements: clauses as cards state them, each with the law that checks it and the cases that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis.strategies import SearchStrategy

from conformance.case import Case
from conformance.clause import documented

if TYPE_CHECKING:
    from conformance.card.operator import Layer


@dataclass(frozen=True)
class Statement:
    """A clause as a card states it: what is documented, the law that checks it, and the cases that show it.

    Args:
        behaviour: The clause's id after the card's name.
        sentence: See :class:`~conformance.clause.Clause`.
        law: The name of the law that checks it: ``"value"`` is ``conformance/laws/test_value.py``.
        cases: What shows it: :class:`~conformance.case.Case`, or for an optimizer
            :class:`~conformance.case.Trajectory`.
        link: Where it is documented, if not on the card's own page.
        drawn: Further cases, drawn by hypothesis.
        formulas: The names of the card's formulas that are permitted, all of them by default. More than one makes the
            clause have dialects, and the report says which one the backend chose.
        raises: For a refusal, the documented types of exception.
        wrapping: For a law of layers, the layer that it is about, if it is not the card's only one.
        follows_from: Other behaviours of the card, or whole clause ids, without which this one cannot pass.
    """

    behaviour: str
    sentence: str
    law: str
    cases: tuple[Any, ...] = ()
    link: str | None = None
    drawn: SearchStrategy[Case] | None = None
    formulas: tuple[str, ...] | None = None
    raises: tuple[type[Exception], ...] = ()
    wrapping: Layer | None = None
    follows_from: tuple[str, ...] = ()


def value(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State what an operator returns: the value law compares it with the definition."""
    return Statement(behaviour, sentence, "value", cases, **others)


def shape(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State the shape of what an operator returns: the shape law compares it with the card's documented formula."""
    return Statement(behaviour, sentence, "shape", cases, **others)


def refusal(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State that an operator refuses arguments: the refusal law wants an exception."""
    return Statement(behaviour, sentence, "refusal", cases, **others)


def layer(behaviour: str, sentence: str, *cases: Case, **others: Any) -> Statement:
    """State what a layer with given state returns: the layer law compares it with the definition."""
    return Statement(behaviour, sentence, "layer", cases, **others)


def second_gradient(name: str, *cases: Case) -> Statement:
    """State that the gradients of an operator with kinks can be differentiated again, in cases away from them."""
    return Statement(
        "second-gradient",
        f"The gradients of {name}, recorded, have the gradients that its formula determines, away from its kinks.",
        "second_gradient",
        cases,
        link=documented("generated/torch.autograd.grad.html"),
        follows_from=("*",),
    )


def described(statements: Sequence[Statement], law: str) -> tuple[Statement, ...]:
    """Return those of ``statements`` that ``law`` checks."""
    return tuple(statement for statement in statements if statement.law == law)

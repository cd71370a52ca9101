"""What the cards of activations have in common: kinds of cases, and sums that are computed in more than one way."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Statement, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, exp, expm1, log, log1p, one_of

NONDIFFERENTIABLE = documented("notes/autograd.html#gradients-for-non-differentiable-functions")
"""The page that says which derivative is taken where there is none."""


def points(name: str, *numbers: float, differentiable: bool = True, **options: Any) -> Case:
    """Return a case of the given numbers, in one row."""
    return Case(name, {"input": Values(list(numbers))}, options, differentiable=differentiable)


def drawing(name: str, shape: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    """Return a case of an array of ``shape`` drawn from ``regime``."""
    return Case(name, {"input": Draw(shape, regime)}, options)


def drawn(dimensions: int = 3, **options: st.SearchStrategy[Any]) -> st.SearchStrategy[Case]:
    """Return cases of an operator of one array of up to so many dimensions, each option drawn from its strategy."""

    def case(shape: tuple[int, ...], regime: str, chosen: dict[str, Any], seed: int) -> Case:
        return Case("drawn", {"input": Draw(shape, regime)}, chosen, seed)

    return st.builds(case, shapes(0, dimensions), regimes, st.fixed_dictionaries(options), seeds)


def eighths(lowest: float, highest: float) -> st.SearchStrategy[float]:
    """Return numbers from ``lowest`` to ``highest``, both included, that every floating-point type has exactly."""
    return st.integers(round(8 * lowest), round(8 * highest)).map(lambda n: n / 8)


def tenths(lowest: float, highest: float) -> st.SearchStrategy[float]:
    """Return numbers with one decimal from ``lowest`` to ``highest``, both included."""
    return st.integers(round(10 * lowest), round(10 * highest)).map(lambda n: n / 10)


def any_shape(name: str, **options: Any) -> Statement:
    """State that the operator ``name`` goes element by element through an array of any shape."""
    return value(
        "any-shape",
        f"The input of {name} may have any number of dimensions, none and empty ones included, and the output has its "
        "shape.",
        Case("no-dimension", {"input": Values(-0.7)}, options),
        Case("empty-batch", {"input": Draw((0, 4))}, options),
    )


def in_place(name: str, **options: Any) -> Statement:
    """State that ``inplace=True`` changes where the result of the operator ``name`` goes, not what it is."""
    return value(
        "in-place",
        f"With inplace=True {name} gives the same values.",
        Case("in-place", {"input": Draw((3, 5))}, {**options, "inplace": True}, differentiable=False),
    )


def at_kink(behaviour: str, sentence: str, *cases: Case) -> Statement:
    """State a derivative where there is none, by the rule for functions that are convex or concave there."""
    return Statement(behaviour, sentence, "gradient", cases, link=NONDIFFERENTIABLE)


def less_one(x: Bounded) -> Bounded:
    """Return exp(x) - 1, as it is written or by a function of its own; its derivative from either."""
    return one_of([expm1(x), exp(x) - 1.0, expm1(x, backward="result")], [x])


def log_of_one_plus(x: Bounded) -> Bounded:
    """Return log(1 + x), as it is written or by a function of its own."""
    return one_of([log1p(x), log(x + 1.0)], [x])


def same_options(case: Case) -> dict[str, Any]:
    """Return the options of ``case`` as those of the layer's constructor, which has the operator's names for them."""
    return dict(case.options)


def same_shape(input: tuple[int, ...], **_: Any) -> tuple[int, ...]:
    """Return the shape of the output of an operator that goes element by element: that of the input."""
    return input

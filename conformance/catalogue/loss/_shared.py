"""What losses share: reductions, exact differences, and the clauses that most of them have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.data import Draw
from conformance.oracle import Bounded, exp, log1p, mean, sigmoid, total
from conformance.oracle.selection import absolute, relu

MakeCase = Callable[..., Case]
"""Takes a name, and options, to a case of several samples."""

reductions = st.sampled_from(["none", "mean", "sum"])
"""The documented reductions."""

NONDIFFERENTIABLE_POINTS = "notes/autograd.html#gradients-for-non-differentiable-functions"
"""The page that says which derivative there is at a kink."""


def reduced(losses: Bounded, reduction: str) -> Bounded:
    """Return the losses themselves, their mean over all of them, or their sum."""
    return losses if reduction == "none" else {"mean": mean, "sum": total}[reduction](losses)


def reduced_shape(losses: Sequence[int], reduction: str) -> tuple[int, ...]:
    """Return the shape of losses of a shape after their reduction: a scalar unless there is none."""
    return tuple(losses) if reduction == "none" else ()


def paired_shape(input: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean", **_: Any) -> tuple[int, ...]:
    """Return the output's shape of a loss of pairs of elements."""
    return reduced_shape(np.broadcast_shapes(input, target), reduction)


def difference(a: Bounded, b: Bounded | float) -> Bounded:
    """Return a - b; exact numbers whose difference the working type has are not rounded, so that equal ones give 0."""
    rough = a - b
    second = b if isinstance(b, Bounded) else Bounded.constant(b, a.arithmetic)
    arithmetic = a.arithmetic
    normal = (rough.value == 0) | (abs(rough.value) >= arithmetic.smallest_normal)
    exact = (a.error == 0) & (second.error == 0) & normal & arithmetic.represents(rough.value)
    return Bounded(rough.value, np.where(exact, 0, rough.error).astype(rough.error.dtype), arithmetic, rough.parents)


def softplus(x: Bounded) -> Bounded:
    """Return log(1 + exp(x)), arranged as max(0, x) + log1p(exp(-|x|)); its derivative is the sigmoid."""
    result = relu(x) + log1p(exp(-absolute(x)))
    return Bounded(result.value, result.error, x.arithmetic, ((x, lambda c: c * sigmoid(x)),))


def pair(
    name: str, lengths: tuple[int, ...], regime: str = "normal", target: str | None = None, **options: Any
) -> Case:
    """Return a case of an input and a target of one shape; ``target`` is the target's regime, if another."""
    return Case(
        name,
        {"input": Draw(lengths, regime), "target": Draw(lengths, regime if target is None else target)},
        options,
    )


def pairs(**options: st.SearchStrategy[Any]) -> st.SearchStrategy[Case]:
    """Return cases of two arrays of one shape and one regime, with a reduction and other ``options``."""

    def case(lengths: tuple[int, ...], regime: str, seed: int, **chosen: Any) -> Case:
        return Case("drawn", {"input": Draw(lengths, regime), "target": Draw(lengths, regime)}, chosen, seed)

    return st.builds(case, shapes(), regimes, seeds, reduction=reductions, **options)


def reduction_clauses(make: MakeCase, losses: str = "the losses of all elements") -> tuple[Statement, ...]:
    """State what the reductions beside the mean do, and that there are no others.

    Args:
        make: Takes a name and options to a case of several samples.
        losses: What is reduced, to begin a sentence with.
    """
    return (
        value(
            "reduction-none",
            f"With reduction='none' {losses} are returned as they are.",
            make("none", reduction="none"),
        ),
        value("reduction-sum", f"With reduction='sum' {losses} are summed.", make("sum", reduction="sum")),
        refusal(
            "reduction-name",
            "A reduction that is none of the documented ones is refused.",
            make("unknown", reduction="average"),
        ),
    )


def any_shape(make: Callable[..., Case]) -> Statement:
    """State that inputs of every number of dimensions are taken; ``make`` takes a name and a shape to a case."""
    return value(
        "any-shape",
        "Input and target may have any number of dimensions, none included.",
        make("no-dimension", ()),
        make("three-dimensions", (2, 3, 4), reduction="none"),
    )


def empty_sum(make: Callable[..., Case]) -> Statement:
    """State that nothing sums to nothing; ``make`` takes a name, a shape and options to a case."""
    return value("empty-sum", "The sum over no elements is 0.", make("empty", (0, 3), reduction="sum"))


def output_size(make: MakeCase, unreduced: str = "the input's shape") -> Statement:
    """State the output's shape."""
    return shape(
        "output-size",
        f"The output is a scalar unless reduction is 'none', when it has {unreduced}.",
        make("mean"),
        make("sum", reduction="sum"),
        make("none", reduction="none"),
    )


def weighted(losses: Bounded, weight: Bounded | None) -> Bounded:
    """Return the losses times their weights."""
    return losses if weight is None else losses * weight

"""Max pooling over any number of spatial dimensions: the definition."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import Definition, Formula
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._shared import lengths_of, pooled_positions
from conformance.oracle import Bounded, gather, maximum
from conformance.oracle.movement import OUTSIDE, Positions
from conformance.oracle.selection import Tie, as_float

_INF = float("inf")

TIES: tuple[Tie, ...] = ("first", "last", "even")
"""The formulas of :func:`tie_formulas`, by name."""


def largest(
    input: Bounded,
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    dilation: Lengths = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    *,
    dimensions: int,
    tie: Tie = "first",
) -> Any:
    """Return the largest element of each window, and where it is if asked for; padding counts as negative infinity.

    Args:
        input: Of shape (N, C, *lengths) or (C, *lengths).
        kernel_size: See the documentation; so for the next five.
        stride: The window's size by default.
        padding: On both sides.
        dilation: Between the elements of a window.
        ceil_mode: Let windows go off bounds.
        return_indices: Return the positions too.
        dimensions: The number of spatial dimensions.
        tie: Which of several largest elements the derivative goes to.
    """
    n = dimensions
    kernel = lengths_of(kernel_size, n)
    step = kernel if stride is None else lengths_of(stride, n)
    seen = pooled_positions(
        input.shape, kernel, step, lengths_of(padding, n), lengths_of(dilation, n), ceil_mode=ceil_mode
    )
    return maxima(input, seen, n, tie, return_indices=return_indices)


def maxima(input: Bounded, seen: Positions, dimensions: int, tie: Tie, *, return_indices: bool) -> Any:
    """Return the maxima of the elements at the positions along the last axis of ``seen``, and where they are."""
    found = maximum(gather(input, seen, -_INF), tie)
    return (found, places(input, seen, dimensions)) if return_indices else found


def places(input: Bounded, seen: Positions, dimensions: int) -> NDArray[np.int64]:
    """Return where in its plane, in reading order, the first largest of the elements at ``seen`` is."""
    plane = prod(input.shape[-dimensions:])
    values = np.append(as_float(input.value).reshape(-1), -_INF)[seen]
    first = values.argmax(axis=-1)[..., None] if seen.size else np.zeros((*seen.shape[:-1], 1), dtype=np.int64)
    chosen = np.take_along_axis(seen, first, axis=-1)[..., 0]
    return np.where(chosen == OUTSIDE, OUTSIDE, chosen % plane).astype(np.int64)


def tie_formulas(definition: Definition) -> tuple[Formula, ...]:
    """Return the formulas that differ in where the gradient of several largest elements goes."""
    first, last, even = (partial(definition, tie=tie) for tie in TIES)
    return (
        Formula("first", "the first of several largest elements receives the gradient", first),
        Formula("last", "the last of several largest elements receives the gradient", last),
        Formula("even", "several largest elements share the gradient evenly", even),
    )

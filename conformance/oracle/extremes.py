"""Maxima and minima along axes."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded
from conformance.oracle.movement import along, rearrange, reshape
from conformance.oracle.selection import Tie, as_float, weighted, where


@quietly
def maximum(x: Bounded, tie: Tie = "first") -> Bounded:
    """Return the maxima over the last axis; NaN where any element is NaN.

    Args:
        x: An array with at least one element along its last axis.
        tie: Which of several equal maxima the derivative goes to: the ``first``, the ``last``, or an ``even`` share.
    """
    missing = np.isnan(as_float(x.value))
    value = np.where(missing.any(axis=-1), np.nan, x.value.max(axis=-1))  # Python's numbers would let NaN be overlooked
    lowest = np.where(x.error == np.inf, -np.inf, x.value - x.error)  # infinity less infinity is no lower bound
    floor = lowest.max(axis=-1, keepdims=True)
    candidate = (x.value + x.error >= floor) | missing
    error = np.where(candidate, x.error, 0).max(axis=-1)
    weight = _chosen(x.value == value[..., None], tie)
    contested = (candidate.sum(axis=-1, keepdims=True) > 1) & (np.where(candidate, x.error, 0) > 0).any(
        axis=-1, keepdims=True
    )
    return Bounded(value, error, x.arithmetic, ((x, lambda c: _spread(c, weight, candidate & contested)),))


def amax(x: Bounded, axes: Sequence[int] | None = None, *, keepdims: bool = False, tie: Tie = "even") -> Bounded:
    """Return the maxima over ``axes``, all by default; NaN where any element is NaN."""
    summed, kept = along(x.shape, axes)
    order = [axis for axis in range(len(x.shape)) if axis not in summed] + summed
    leading = [x.shape[axis] for axis in order[: len(order) - len(summed)]]
    number = prod(x.shape[axis] for axis in summed)  # not -1, which cannot be told where there are no elements
    moved = rearrange(x, lambda p: p.transpose(order).reshape(*leading, number))
    result = maximum(moved, tie)
    return reshape(result, kept) if keepdims else result


def amin(x: Bounded, axes: Sequence[int] | None = None, *, keepdims: bool = False, tie: Tie = "even") -> Bounded:
    """Return the minima over ``axes``, all by default; NaN where any element is NaN."""
    return -amax(-x, axes, keepdims=keepdims, tie=tie)


def _spread(c: Bounded, weight: NDArray[np.float64], undecided: NDArray[np.bool_]) -> Bounded:
    """Return the cotangent of a maximum, shared by the elements with weight 1.

    Where the selection is undecided, any candidate may get all of it.
    """
    receivers = np.maximum(weight.sum(axis=-1), 1)
    share = where(receivers > 1, c / Bounded.input(receivers, c.arithmetic), c)
    repeated = rearrange(share, lambda p: np.broadcast_to(p[..., None], weight.shape))
    lowest = np.where(undecided, 0.0, weight)
    highest = np.where(undecided, receivers[..., None], weight)
    return weighted(repeated, weight, lowest, highest)


def _chosen(equal: NDArray[np.bool_], tie: Tie) -> NDArray[np.float64]:
    """Return 1 for each of the ``equal`` elements along the last axis that a share goes to, and 0 for all others."""
    if tie == "even":
        return equal.astype(np.float64)
    order = equal if tie == "first" else equal[..., ::-1]
    chosen = order & (np.cumsum(order, axis=-1) == 1)
    return np.asarray(chosen if tie == "first" else chosen[..., ::-1]).astype(np.float64)

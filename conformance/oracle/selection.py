"""Selecting among numbers: rectification and maxima, whose decisions may lie within the error."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.bounded import Bounded
from conformance.oracle.movement import reshape, total

Tie = Literal["first", "last", "even"]


def masked(x: Bounded, weight: NDArray[Any], undecided: NDArray[Any]) -> Bounded:
    """Return ``x`` times an exact ``weight``; where ``undecided``, the weight may be anything from 0 to 1.

    ``weight`` is 0 or 1, or a fraction whose product one rounding delivers.
    """
    value = np.where(weight == 0, 0, x.value * weight).astype(x.value.dtype)
    fraction = (weight != 0) & (weight != 1)
    rounding = np.where(fraction, x.arithmetic.roundoff * abs(value) + x.arithmetic.smallest_normal, 0)
    error = np.where(undecided, abs(x.value) + x.error, x.error * weight + rounding)
    return Bounded(value, error.astype(x.error.dtype), x.arithmetic, ((x, lambda c: masked(c, weight, undecided)),))


def relu(x: Bounded) -> Bounded:
    """Return max(0, x); its derivative at 0 is 0, the subgradient of least norm. NaN stays NaN."""
    positive = (x.value > 0) | np.isnan(_as_float(x.value))
    undecided = (abs(x.value) <= x.error) & (x.error > 0)
    value = np.where(positive, x.value, np.zeros_like(x.value))
    weight = positive.astype(np.float64)
    return Bounded(value, x.error, x.arithmetic, ((x, lambda c: masked(c, weight, undecided)),))


def maximum(x: Bounded, tie: Tie = "first") -> Bounded:
    """Return the maxima over the last axis; NaN where any element is NaN.

    Args:
        x: An array with at least one element along its last axis.
        tie: Which of several equal maxima the derivative goes to: the ``first``, the ``last``, or an ``even`` share.
    """
    value = x.value.max(axis=-1)
    floor = (x.value - x.error).max(axis=-1, keepdims=True)
    candidate = (x.value + x.error >= floor) | np.isnan(_as_float(x.value))
    error = np.where(candidate, x.error, 0).max(axis=-1)
    weight = _share(x.value == value[..., None], tie)
    contested = (candidate.sum(axis=-1, keepdims=True) > 1) & (np.where(candidate, x.error, 0) > 0).any(
        axis=-1, keepdims=True
    )
    undecided = candidate & contested
    return Bounded(value, error, x.arithmetic, ((x, lambda c: _spread(c, weight, undecided)),))


def _spread(c: Bounded, weight: NDArray[Any], undecided: NDArray[Any]) -> Bounded:
    """Return the cotangent of a maximum, sent to the elements that it may have selected."""
    repeated = Bounded(
        np.broadcast_to(c.value[..., None], weight.shape),
        np.broadcast_to(c.error[..., None], weight.shape),
        c.arithmetic,
        ((c, lambda d: total(d, (-1,))),),
    )
    return masked(repeated, weight, undecided)


def _share(equal: NDArray[np.bool_], tie: Tie) -> NDArray[np.float64]:
    """Return how much of a cotangent each of the ``equal`` elements along the last axis receives."""
    order = equal if tie != "last" else equal[..., ::-1]
    if tie == "even":
        return np.asarray(equal / np.maximum(equal.sum(axis=-1, keepdims=True), 1))
    chosen = order & (np.cumsum(order, axis=-1) == 1)
    return np.asarray(chosen if tie == "first" else chosen[..., ::-1]).astype(np.float64)


def _as_float(values: NDArray[Any]) -> NDArray[Any]:
    return values.astype(np.float64) if values.dtype == object else values


def mean(x: Bounded) -> Bounded:
    """Return the mean of all elements: their sum, in any order, over their number. NaN for none."""
    count = Bounded.input(np.asarray(float(x.size)), x.arithmetic)
    return reshape(total(x), ()) / count

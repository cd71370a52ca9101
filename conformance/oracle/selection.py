"""Selecting among numbers: by conditions, signs and comparisons, whose outcome may lie within the error.

Where it does, the value is known within the distance of what may be selected, and the derivative, which is a mask, may
be any of the masks.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded, paired
from conformance.oracle.decision import Decision

Tie = Literal["first", "last", "even"]
"""Which of several equal elements the derivative goes to: the first, the last, or an even share to each."""


@quietly
def weighted(x: Bounded, weight: NDArray[Any], lowest: NDArray[Any], highest: NDArray[Any]) -> Bounded:
    """Return ``x`` times an exact ``weight``, for which an evaluation may have anything between the other two.

    A weight is -1, 0, 1 or 0.5, whose products are exact but for underflow. Zero selects nothing, not even infinity.
    """
    arithmetic = x.arithmetic
    parents = ((x, partial(weighted, weight=weight, lowest=lowest, highest=highest)),)
    value = np.where(weight == 0, np.zeros_like(x.value), x.value * arithmetic.stored(weight))
    if arithmetic.is_exact:
        return Bounded(value, np.zeros_like(value), arithmetic, parents)
    fraction = (weight != 0) & (abs(weight) != 1)
    steepest = np.maximum(abs(lowest), abs(highest))
    left_open = np.maximum(highest - weight, weight - lowest)
    error = np.where(steepest == 0, 0, steepest * x.error)
    error = error + np.where(left_open == 0, 0, left_open * abs(x.value))
    error = error + np.where(fraction, arithmetic.smallest_normal, 0)
    return Bounded(value, _known(error), arithmetic, parents)


def masked(x: Bounded, weight: NDArray[Any], undecided: NDArray[Any]) -> Bounded:
    """Return ``x`` times an exact ``weight`` from 0 to 1; where ``undecided``, it may be anything from 0 to 1."""
    return weighted(x, weight, np.where(undecided, 0, weight), np.where(undecided, 1, weight))


@quietly
def where(condition: Decision | NDArray[np.bool_], a: Bounded | float, b: Bounded | float) -> Bounded:
    """Return ``a`` where the condition holds and ``b`` elsewhere; one of the two may be a constant.

    What is not selected has no say: its derivative is exactly 0 even where it is infinite or NaN.
    """
    if isinstance(a, Bounded):
        a, b = paired(a, b)
    elif isinstance(b, Bounded):
        b, a = paired(b, a)
    else:
        raise TypeError(f"where: expected a bounded array as the second or third argument, not {a!r} and {b!r}")
    if isinstance(condition, Decision):
        decision = condition
    else:
        known = np.asarray(condition, dtype=np.bool_)
        decision = Decision(known, np.zeros_like(known))
    truth, undecided = decision.truth, decision.undecided
    shape = np.broadcast_shapes(truth.shape, a.shape)
    a, _ = paired(a, Bounded.input(np.zeros(shape), a.arithmetic))
    b, _ = paired(b, Bounded.input(np.zeros(shape), a.arithmetic))
    error = np.where(truth, a.error, b.error)
    if np.any(undecided):
        apart = np.where(a.value == b.value, 0, abs(a.value - b.value)) + np.maximum(a.error, b.error)
        error = np.where(undecided, _known(apart), error)
    held = np.broadcast_to(truth, shape).astype(np.float64)
    return Bounded(
        np.where(truth, a.value, b.value),
        error,
        a.arithmetic,
        ((a, lambda c: masked(c, held, undecided)), (b, lambda c: masked(c, 1 - held, undecided))),
    )


def relu(x: Bounded) -> Bounded:
    """Return max(0, x); its derivative at 0 is 0, the subgradient of least norm. NaN stays NaN."""
    positive = (x.value > 0) | np.isnan(as_float(x.value))
    undecided = (x > 0.0).undecided
    value = np.where(positive, x.value, np.zeros_like(x.value))
    weight = positive.astype(np.float64)
    return Bounded(value, x.error, x.arithmetic, ((x, lambda c: masked(c, weight, undecided)),))


def hinge(x: Bounded) -> Bounded:
    """Return max(0, x) where no derivative at 0 is documented: it may be anything from 0 to 1. NaN stays NaN."""
    positive = (x.value > 0) | np.isnan(as_float(x.value))
    value, weight = np.where(positive, x.value, np.zeros_like(x.value)), positive.astype(np.float64)
    undecided = (x > 0.0).undecided | (x.value == 0)
    return Bounded(value, x.error, x.arithmetic, ((x, lambda c: masked(c, weight, undecided)),))


def absolute(x: Bounded) -> Bounded:
    """Return the absolute value; its derivative at 0 is 0."""
    weight, lowest, highest = _signs(x)
    return Bounded(abs(x.value), x.error, x.arithmetic, ((x, lambda c: weighted(c, weight, lowest, highest)),))


def sign(x: Bounded) -> Bounded:
    """Return -1, 0 or 1; the derivative is 0 everywhere. NaN stays NaN."""
    weight, lowest, highest = _signs(x)
    value = np.where(np.isnan(as_float(x.value)), x.value, x.arithmetic.stored(weight))
    error = np.maximum(highest - weight, weight - lowest)
    return Bounded(value, error, x.arithmetic, ((x, lambda c: masked(c, np.zeros(x.shape), np.zeros(x.shape, bool))),))


def larger(a: Bounded | float, b: Bounded | float, tie: Tie = "even") -> Bounded:
    """Return the larger of two, element by element; NaN where one is NaN.

    Args:
        a: A bounded array, or a constant if ``b`` is one.
        b: A bounded array, or a constant if ``a`` is one.
        tie: Where the derivative goes if both are equal.
    """
    return _extreme(a, b, tie, 1)


def smaller(a: Bounded | float, b: Bounded | float, tie: Tie = "even") -> Bounded:
    """Return the smaller of two, element by element; see :func:`larger`."""
    return _extreme(a, b, tie, -1)


def clamp(x: Bounded, lowest: Bounded | float | None = None, highest: Bounded | float | None = None) -> Bounded:
    """Return ``x`` limited to the range from ``lowest`` to ``highest``; its derivative is 1 at the limits too.

    Where the limits are the wrong way round, the result is ``highest``.
    """
    if lowest is not None:
        x = where(x < lowest, lowest, x)
    return x if highest is None else where(x > highest, highest, x)


def _known(error: NDArray[Any]) -> NDArray[Any]:
    """Return ``error``, infinite where it came out as NaN."""
    return np.where(np.isnan(error), np.inf, error)


def as_float(values: NDArray[Any]) -> NDArray[Any]:
    """Return ``values`` in a type that NumPy's tests for NaN and infinity take."""
    return values.astype(np.float64) if values.dtype == object else values


def _extreme(a: Bounded | float, b: Bounded | float, tie: Tie, side: int) -> Bounded:
    if isinstance(a, Bounded):
        a, b = paired(a, b)
    elif isinstance(b, Bounded):
        b, a = paired(b, a)
    else:
        raise TypeError(f"expected a bounded array among the two to compare, not {a!r} and {b!r}")
    decision = a > b if side > 0 else a < b
    missing = np.isnan(as_float(a.value))
    of_a = np.where(a.value == b.value, {"first": 1.0, "last": 0.0, "even": 0.5}[tie], decision.truth | missing)
    value = np.where(decision.truth | missing, a.value, b.value)
    error = np.where(decision.undecided, np.maximum(a.error, b.error), np.where(of_a > 0, a.error, b.error))
    error = np.where(of_a == 0.5, np.maximum(a.error, b.error), error)
    return Bounded(
        value,
        error,
        a.arithmetic,
        (
            (a, lambda c: masked(c, of_a, decision.undecided)),
            (b, lambda c: masked(c, 1 - of_a, decision.undecided)),
        ),
    )


def _signs(x: Bounded) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the sign of each element, the least that an evaluation may find, and the greatest."""
    plain = as_float(x.value)
    weight = np.where(np.isnan(plain), 1.0, np.sign(plain)).astype(np.float64)
    undecided = (x > 0.0).undecided
    return weight, np.where(undecided, -1.0, weight), np.where(undecided, 1.0, weight)

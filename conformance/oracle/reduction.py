"""Means, running sums, and sums of exponentials, along axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod
from typing import Literal

import numpy as np

from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded
from conformance.oracle.elementary import exp, log
from conformance.oracle.extremes import amax
from conformance.oracle.movement import along, rearrange, reshape, summed, total
from conformance.oracle.selection import as_float


@quietly
def mean(x: Bounded, axes: Sequence[int] | None = None, *, keepdims: bool = False) -> Bounded:
    """Return the mean over ``axes``, all by default: the sum, in any order, over the number. NaN for none."""
    arithmetic = x.arithmetic
    wide = replace(arithmetic, largest=arithmetic.largest_sum)  # the sum itself stays in the accumulator
    count = Bounded.input(np.asarray(number_along(x, axes)), wide)
    held = Bounded(x.value, x.error, wide, ((x, lambda c: c),))
    quotient = total(held, axes, keepdims=keepdims) / count
    error = arithmetic.settled(quotient.value, quotient.error, quotient.error)
    return Bounded(quotient.value, error, arithmetic, ((quotient, lambda c: c),))


@quietly
def cumsum(x: Bounded, axis: int) -> Bounded:
    """Return the sums of the elements up to each along ``axis``, each in any order."""
    arithmetic = x.arithmetic
    value, propagated = np.cumsum(x.value, axis=axis), np.cumsum(x.error, axis=axis)
    magnitude = np.cumsum(abs(x.value), axis=axis) + propagated
    length = [-1 if a == axis % len(x.shape) else 1 for a in range(len(x.shape))]
    earlier = np.arange(x.shape[axis]).reshape(length)
    error = summed(arithmetic, value, propagated, magnitude, earlier)

    def reversed_(y: Bounded) -> Bounded:
        return rearrange(y, lambda p: np.flip(p, axis))

    pulled = ((x, lambda c: reversed_(cumsum(reversed_(c), axis))),)
    return Bounded(value, np.where(earlier > 0, error, propagated), arithmetic, pulled)


@quietly
def logsumexp(
    x: Bounded,
    axes: Sequence[int],
    *,
    keepdims: bool = False,
    backward: Literal["quotient", "exponential"] = "quotient",
) -> Bounded:
    """Return the logarithm of the sum of the exponentials over ``axes``, shifted by the maximum.

    Args:
        x: The numbers.
        axes: What to go over.
        keepdims: Keep the axes, with one element each.
        backward: What the derivative is computed as: the ``quotient`` exp(x - m) / sum, or the ``exponential`` of x
            less the result, which inherits the result's absolute error as a relative one.
    """
    shift = _shift(x, axes)
    logarithm = log(total(exp(x - shift), axes, keepdims=True))
    result = logarithm + shift
    _, kept = along(x.shape, axes)

    def pullback(c: Bounded) -> Bounded:
        return reshape(c, kept) * exp(x - result)

    if backward == "exponential":
        result = Bounded(result.value, result.error, x.arithmetic, ((x, pullback),))
    return result if keepdims else reshape(result, _dropped(x, axes))


@quietly
def softmax(x: Bounded, axis: int, *, backward: Literal["factored", "expanded", "composed"] = "factored") -> Bounded:
    """Return the exponentials along ``axis`` over their sum, shifted by the maximum.

    Args:
        x: The numbers.
        axis: What to go over.
        backward: How a cotangent c is pulled back, y being the result: ``factored`` y (c - sum(c y)), ``expanded``
            c y - y sum(c y), or ``composed``, through the quotient and the exponential one after the other.
    """
    numerator = exp(x - _shift(x, (axis,)))
    quotient = numerator / total(numerator, (axis,), keepdims=True)
    if backward == "composed":
        return quotient

    def pullback(c: Bounded) -> Bounded:
        weighed = total(c * result, (axis,), keepdims=True)
        return result * (c - weighed) if backward == "factored" else c * result - result * weighed

    result = Bounded(quotient.value, quotient.error, x.arithmetic, ((x, pullback),))
    return result


@quietly
def log_softmax(x: Bounded, axis: int, *, formula: Literal["shifted", "difference"] = "shifted") -> Bounded:
    """Return the logarithms of :func:`softmax`.

    Args:
        x: The numbers.
        axis: What to go over.
        formula: ``shifted``: (x - m) - log(sum(exp(x - m))), m being the maximum; ``difference``: x - logsumexp(x),
            which is off by as much as the latter. Both pull a cotangent c back to c - exp(y) sum(c) for a result y.
    """
    if formula == "difference":
        exact = x - logsumexp(x, (axis,), keepdims=True)
    else:
        shifted = x - _shift(x, (axis,))
        exact = shifted - log(total(exp(shifted), (axis,), keepdims=True))
    result = Bounded(
        exact.value,
        exact.error,
        x.arithmetic,
        ((x, lambda c: c - exp(result) * total(c, (axis,), keepdims=True)),),
    )
    return result


def _shift(x: Bounded, axes: Sequence[int]) -> Bounded:
    """Return the maxima over ``axes`` as constants: what is subtracted has no derivative. 0 where infinite or NaN."""
    largest = amax(x, axes, keepdims=True)
    finite = np.isfinite(as_float(largest.value))
    return Bounded(
        np.where(finite, largest.value, np.zeros_like(largest.value)),
        np.where(finite, largest.error, np.zeros_like(largest.error)),
        x.arithmetic,
    )


def number_along(x: Bounded, axes: Sequence[int] | None) -> int:
    """Return how many elements are reduced to one over ``axes``, all by default."""
    axes_, _ = along(x.shape, axes)
    return prod(x.shape[axis] for axis in axes_)


def _dropped(x: Bounded, axes: Sequence[int]) -> list[int]:
    axes_, _ = along(x.shape, axes)
    return [length for axis, length in enumerate(x.shape) if axis not in axes_]

"""Variances along axes, by two passes or in one."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded, rounded
from conformance.oracle.movement import along, summed, total
from conformance.oracle.reduction import mean, number_along

_DEVIATION_ROUNDINGS = 4
"""The square of a rounded deviation: twice its rounding, its own, and room for their product."""

_MERGE_ROUNDINGS = 8
"""Merging two means: a difference, a weight (a quotient, up to 5 u) and a product, with room for one more."""

_WEIGHT_ROUNDINGS = 12
"""Merging two sums of squares: a square of a difference, a product with a weight of two products and a quotient."""


@quietly
def variance(x: Bounded, axes: Sequence[int] | None = None, *, correction: int = 0, keepdims: bool = False) -> Bounded:
    """Return the variance over ``axes`` by two passes: the mean first, then the mean square of what is left.

    The deviations d from the exact mean sum to 0, so an error m of the mean moves the sum of their squares by n m^2
    alone and not by 2 m sum(d). Step by step that would not be seen.

    Args:
        x: The numbers.
        axes: What to go over, all axes by default.
        correction: What is subtracted from the number of elements in the divisor; 1 is Bessel's.
        keepdims: Keep the axes, with one element each.
    """
    arithmetic = x.arithmetic
    centre = mean(x, axes, keepdims=True)
    deviations = x - centre
    number = number_along(x, axes)
    count = Bounded.input(np.asarray(number - correction), arithmetic)
    stepwise = total(deviations.square(), axes, keepdims=keepdims) / count
    if arithmetic.is_exact:
        return stepwise
    sizes = abs(deviations.value)
    moved = x.error + centre.error
    squares = over(sizes * sizes, axes, keepdims=keepdims)
    propagated = over(2 * sizes * x.error + moved * moved, axes, keepdims=keepdims)
    propagated = propagated + _DEVIATION_ROUNDINGS * arithmetic.roundoff * (squares + propagated)
    error = summed(arithmetic, squares, propagated, squares + propagated, number, number)
    whole = rounded(stepwise.value, error / abs(count.value), arithmetic, 5)
    known = np.isfinite(stepwise.error)  # where squares may overflow nothing is
    return Bounded(
        stepwise.value, np.where(known, np.fmin(whole.error, stepwise.error), np.inf), arithmetic, stepwise.parents
    )


def over(values: NDArray[Any], axes: Sequence[int] | None, *, keepdims: bool) -> NDArray[Any]:
    """Return plain sums over ``axes``, all by default."""
    summed_axes, _ = along(values.shape, axes)
    return np.asarray(values.sum(axis=tuple(summed_axes), keepdims=keepdims))


@quietly
def welford_variance(
    x: Bounded, axes: Sequence[int] | None = None, *, correction: int = 0, keepdims: bool = False
) -> Bounded:
    """Return the variance over ``axes`` by updating, or merging in any tree, a mean and a sum of squares.

    The formulas are those of Welford (1962) and of Chan, Golub and LeVeque (1983): of parts a and b, with d the
    difference of their means, the sum of squares is S_a + S_b + d^2 n_a n_b / n. The bound holds for every tree of
    merges: the weights n_a n_b / n sum to at most n log2(n) / 4, since n p (1 - p) is at most a quarter of n times the
    binary entropy of p, and those entropies sum to n log2(n).
    """
    exact = variance(x, axes, correction=correction, keepdims=keepdims)
    arithmetic = x.arithmetic
    n = number_along(x, axes)
    axes_, _ = along(x.shape, axes)

    def largest(values: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(values.max(axis=tuple(axes_), keepdims=keepdims))

    if n <= 1 or arithmetic.is_exact:
        return exact
    middle = x.value.sum(axis=tuple(axes_), keepdims=True) / n
    centred = abs(x.value - middle)
    moved = x.error + x.error.sum(axis=tuple(axes_), keepdims=True) / n
    squares = over(centred * centred, axes, keepdims=keepdims)
    inherited = over(2 * centred * moved + moved * moved, axes, keepdims=keepdims)
    reach = largest(abs(x.value) + x.error)
    spread = 2 * largest(centred + moved)
    of_mean = arithmetic.accumulated(n - 1) * (reach + _MERGE_ROUNDINGS * spread) + arithmetic.smallest_normal
    weights = n * log2(n) / 4
    drift = 4 * np.sqrt(weights * (squares + inherited)) * of_mean + 4 * weights * of_mean * of_mean
    before = inherited + drift
    error = before + arithmetic.accumulated(n + _WEIGHT_ROUNDINGS) * (squares + before) + n * arithmetic.smallest_normal
    return rounded(exact.value, error / (n - correction), arithmetic, 5, exact.parents)

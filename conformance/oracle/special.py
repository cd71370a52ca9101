"""The error function and the gamma family."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import kernels
from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded, rounded
from conformance.oracle.elementary import ULPS, constant_like, evaluated, exp
from conformance.oracle.selection import as_float

_SHIFT = 10
"""How often the recurrence is applied before the asymptotic series of digamma serves."""

_TERM_ROUNDINGS = 5 + 6 + 2 * 5 + 2
"""What a term of digamma may be off by, in u: a division, a logarithm, a tangent, a product with pi."""

_POLYGAMMA_ROUNDINGS = 2 * 16 + _SHIFT + 6
"""A power, the sum of the recurrence, the series and the factorial; all terms are of one sign for positive x."""


def erf(x: Bounded) -> Bounded:
    """Return the error function."""

    def slope(v: NDArray[Any], e: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(_two_over_root_pi(v) * kernels.exp(-(np.maximum(abs(v) - e, 0) ** 2)))

    def pullback(c: Bounded) -> Bounded:
        factor = constant_like(_two_over_root_pi(x.value), x.arithmetic)
        return c * (exp(-x.square()) * factor)

    return evaluated(x, kernels.erf(x.value), slope, ULPS["erf"], pullback)


@quietly
def lgamma(x: Bounded) -> Bounded:
    """Return log|gamma(x)|, infinite at 0 and the negative integers.

    The OpenCL table leaves it open, so the budget is that of its words: the logarithm of a gamma function, the latter
    within 16 ulp. That is an absolute error, as near the zeros at 1 and 2 no evaluation is exact in relative terms.
    """
    value = kernels.log_gamma(x.value)
    of_gamma = np.where(np.isfinite(as_float(value)), 2 * ULPS["tgamma"] * x.arithmetic.roundoff, 0)
    moved = _moved(x, kernels.polygamma(0)) + of_gamma
    return rounded(value, moved, x.arithmetic, 2 * ULPS["log"], ((x, lambda c: c * digamma(x)),))


@quietly
def digamma(x: Bounded) -> Bounded:
    """Return the derivative of log(gamma(x)): infinite at 0, NaN at the negative integers.

    No table bounds it, so the budget is that of the usual evaluation: the recurrence up to where an asymptotic series
    serves, for negative x after the reflection to positive ones.
    """
    value = kernels.polygamma(0)(x.value)
    parents = ((x, lambda c: c * polygamma(1, x)),)
    if x.arithmetic.is_exact:
        return rounded(value, x.error, x.arithmetic, 0, parents)
    inward = np.where(x.value > 0, x.value, 1 - x.value)
    terms = sum(1 / (inward + k) for k in range(_SHIFT)) + kernels.log(inward + _SHIFT) + _reflection(x.value)
    evaluation = np.where(np.isfinite(value), (_SHIFT + _TERM_ROUNDINGS) * x.arithmetic.roundoff * terms, 0)
    return rounded(value, _moved(x, kernels.polygamma(1)) + evaluation, x.arithmetic, 1, parents)


@quietly
def polygamma(order: int, x: Bounded) -> Bounded:
    """Return the derivative of ``order`` of digamma, for positive x; ``order`` 0 is digamma itself."""
    if order == 0:
        return digamma(x)
    derivative = kernels.polygamma(order + 1)

    def slope(v: NDArray[Any], e: NDArray[Any]) -> NDArray[Any]:
        lowest = v - e
        return np.where(lowest > 0, abs(derivative(np.where(lowest > 0, lowest, 1))), np.inf)

    return evaluated(
        x, kernels.polygamma(order)(x.value), slope, _POLYGAMMA_ROUNDINGS / 2, lambda c: c * polygamma(order + 1, x)
    )


def _moved(x: Bounded, derivative: kernels.Kernel) -> NDArray[Any]:
    """Return what the argument's error moves a function by whose derivative is monotonic between poles."""
    if x.arithmetic.is_exact or not np.any(x.error):
        return x.error
    low, high = x.value - x.reach, x.value + x.reach
    between_poles = (low > 0) | ((np.floor(low) == np.floor(high)) & (np.floor(low) != low))
    slope = np.where(between_poles, np.maximum(abs(derivative(low)), abs(derivative(high))), np.inf)
    return np.where(x.error == 0, 0, slope * x.error)


def _reflection(x: NDArray[Any]) -> NDArray[Any]:
    """Return |pi cot(pi x)|, and what rounding pi x moves it by, for negative x; 0 for others."""
    angle = (x - np.rint(x)) * kernels.pi(x)
    sine, cosine = kernels.sin(angle), kernels.cos(angle)
    return np.where(x > 0, 0, kernels.pi(x) * (abs(cosine / sine) + abs(angle / (sine * sine))))


def _two_over_root_pi(x: NDArray[Any]) -> NDArray[Any]:
    """Return 2 / sqrt(pi) in the precision of ``x``, in its shape."""
    return np.asarray(2 / kernels.sqrt(kernels.pi(x)))

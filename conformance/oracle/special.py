"""The error function and the gamma family."""

from __future__ import annotations

from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from conformance.oracle import kernels
from conformance.oracle.bounded import Bounded, rounded
from conformance.oracle.elementary import ULPS, constant_like, evaluated, exp

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


def lgamma(x: Bounded) -> Bounded:
    """Return log|gamma(x)|, infinite at 0 and the negative integers.

    The OpenCL table leaves it open, so the budget is that of its words: the logarithm of a gamma function, the latter
    within 16 ulp. That is an absolute error, as near the zeros at 1 and 2 no evaluation is exact in relative terms.
    """
    value = kernels.log_gamma(x.value)
    digamma_ = kernels.polygamma(0)
    with np.errstate(all="ignore"):
        slope = np.where(
            _between_poles(x), np.maximum(abs(digamma_(x.value - x.error)), abs(digamma_(x.value + x.error))), np.inf
        )
        propagated = np.where(x.error == 0, x.error, slope * x.error)
    propagated = propagated + np.where(np.isfinite(_plain(value)), 2 * ULPS["tgamma"] * x.arithmetic.roundoff, 0)
    return rounded(value, propagated, x.arithmetic, 2 * ULPS["log"], ((x, lambda c: c * digamma(x)),))


def digamma(x: Bounded) -> Bounded:
    """Return the derivative of log(gamma(x)).

    No table bounds it, so the budget is that of the usual evaluation: the recurrence up to where an asymptotic series
    serves, for negative x after the reflection to positive ones.
    """
    value = kernels.polygamma(0)(x.value)
    trigamma = kernels.polygamma(1)
    with np.errstate(all="ignore"):
        slope = np.where(
            _between_poles(x), np.maximum(trigamma(x.value - x.error), trigamma(x.value + x.error)), np.inf
        )
        propagated = np.where(x.error == 0, x.error, slope * x.error)
        inward = np.where(x.value > 0, x.value, 1 - x.value)
        terms = sum(1 / (inward + k) for k in range(_SHIFT)) + kernels.log(inward + _SHIFT)
        u = x.arithmetic.roundoff
        extra = (_SHIFT + _TERM_ROUNDINGS) * u * (terms + _reflection(x.value))
    return rounded(value, propagated + extra, x.arithmetic, 1, ((x, lambda c: c * polygamma(1, x)),))


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


def _between_poles(x: Bounded) -> NDArray[np.bool_]:
    """Say where the argument stays between two neighbouring poles, or above 0."""
    low, high = x.value - x.error, x.value + x.error
    same = np.floor(_plain(low)) == np.floor(_plain(high))
    return np.asarray((low > 0) | (same & (np.floor(_plain(low)) != _plain(low))))


def _reflection(x: NDArray[Any]) -> NDArray[Any]:
    """Return |pi cot(pi x)|, and what rounding pi x moves it by, for negative x; 0 for others."""
    within = x - np.rint(_plain(x))
    angle = within * _pi(x)
    tangent = kernels.sin(angle) / kernels.cos(angle)
    sine = kernels.sin(angle)
    size = abs(_pi(x) / tangent) + abs(_pi(x) * angle / (sine * sine))
    return np.where(x > 0, 0, size)


def _plain(x: NDArray[Any]) -> NDArray[Any]:
    return x.astype(np.longdouble) if x.dtype == object else x


def _pi(x: NDArray[Any]) -> Any:
    """Return pi in the precision of ``x``."""
    if x.dtype == object:
        return mpmath.mp.pi
    return kernels.arctan(np.ones((), x.dtype)) * 4


def _two_over_root_pi(x: NDArray[Any]) -> NDArray[Any]:
    constant = 2 / kernels.sqrt(np.asarray(_pi(x), dtype=x.dtype))
    return np.asarray(np.broadcast_to(constant, x.shape))

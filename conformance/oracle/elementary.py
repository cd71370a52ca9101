"""Elementary functions of one bounded array: value, bound and pullback, each stated once.

A function whose argument is known within e is known within sup|f'| over [x - e, x + e] times e; its evaluation adds as
many units in the last place as the OpenCL C specification (section "Relative error as ULPs") grants any device.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import kernels
from conformance.oracle.arithmetic import Arithmetic, quietly
from conformance.oracle.bounded import Bounded, Pullback, rounded

Slope = Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]]

ULPS = {
    "exp": 3,
    "expm1": 3,
    "log": 3,
    "log1p": 2,
    "sqrt": 3,
    "rsqrt": 2,
    "tanh": 5,
    "sin": 4,
    "cos": 4,
    "atan": 5,
    "erf": 16,
    "pow": 16,
    "tgamma": 16,
}
"""Units in the last place that the OpenCL C specification allows in its full profile, one unit being 2 u."""

_SIGMOID_ULPS = 6
"""1 / (1 + exp(-x)) and exp(x) / (1 + exp(x)): 3 ulp of exp, one addition (u), and a division (5 u)."""


@quietly
def evaluated(x: Bounded, value: NDArray[Any], slope: Slope, ulps: float, pullback: Pullback) -> Bounded:
    """Return f(x).

    Args:
        x: The argument.
        value: f of the argument's value.
        slope: ``slope(value, error)`` bounds |f'| over everything within ``error`` of ``value``.
        ulps: What evaluating f adds, in units in the last place.
        pullback: Takes a cotangent of the result to one of the argument.
    """
    arithmetic = x.arithmetic
    if arithmetic.is_exact:
        return rounded(value, x.error, arithmetic, 2 * ulps, ((x, pullback),))
    propagated = np.where(x.error == 0, 0, slope(x.value, x.reach) * x.error)
    result = rounded(value, propagated, arithmetic, 2 * ulps, ((x, pullback),))
    limit = np.isinf(x.value) & (x.error == 0) & arithmetic.represents(value)  # as exp(-inf) = 0 and tanh(inf) = 1
    return Bounded(value, np.where(limit, 0, result.error), arithmetic, result.parents)


def exp(x: Bounded) -> Bounded:
    """Return e to the power of each element."""
    result = evaluated(x, kernels.exp(x.value), lambda v, e: kernels.exp(v + e), ULPS["exp"], lambda c: c * result)
    return result


def expm1(x: Bounded, *, backward: Literal["exponential", "result"] = "exponential") -> Bounded:
    """Return exp(x) - 1, exact to relative precision near 0.

    Args:
        x: The argument.
        backward: What the derivative is computed as: the ``exponential`` again, or the ``result`` plus 1, which cancels
            where x is far below 0.
    """

    def pullback(c: Bounded) -> Bounded:
        return c * (result + 1.0) if backward == "result" else c * exp(x)

    result = evaluated(x, kernels.expm1(x.value), lambda v, e: kernels.exp(v + e), ULPS["expm1"], pullback)
    return result


def log(x: Bounded) -> Bounded:
    """Return the natural logarithm: negative infinity at 0, NaN below."""
    return evaluated(x, kernels.log(x.value), lambda v, e: _reciprocal(v - e), ULPS["log"], lambda c: c / x)


def log1p(x: Bounded) -> Bounded:
    """Return log(1 + x), exact to relative precision near 0."""
    return evaluated(
        x, kernels.log1p(x.value), lambda v, e: _reciprocal(1 + v - e), ULPS["log1p"], lambda c: c / (x + 1.0)
    )


@quietly
def sqrt(x: Bounded, *, nonnegative: bool = False) -> Bounded:
    """Return the square root; NaN below 0.

    Args:
        x: The argument.
        nonnegative: Say that no evaluation of the argument is negative, as of a sum of squares; otherwise an argument
            that may be negative within its error leaves the result unconstrained.
    """
    near = kernels.sqrt(abs(x.value) + x.error) if nonnegative else np.inf
    slope = _reciprocal(2 * kernels.sqrt(np.maximum(x.value - x.reach, 0)))
    known = np.where(x.value > x.reach, slope * x.error, near)
    propagated = np.where(x.error == 0, x.error, known)
    result = rounded(
        kernels.sqrt(x.value), propagated, x.arithmetic, 2 * ULPS["sqrt"], ((x, lambda c: c / (result * 2.0)),)
    )
    return result


@quietly
def rsqrt(x: Bounded) -> Bounded:
    """Return 1 / sqrt(x)."""

    def slope(v: NDArray[Any], e: NDArray[Any]) -> NDArray[Any]:
        return _reciprocal(2 * (v - e) * kernels.sqrt(np.maximum(v - e, 0)))

    value = kernels.quotient(np.ones_like(x.value), kernels.sqrt(x.value))
    result = evaluated(x, value, slope, ULPS["rsqrt"], lambda c: -(c * result * result * result) * 0.5)
    return result


def reciprocal(x: Bounded) -> Bounded:
    """Return 1 / x."""
    return Bounded.input(np.ones(x.shape), x.arithmetic) / x


def tanh(x: Bounded) -> Bounded:
    """Return the hyperbolic tangent."""
    result = evaluated(
        x,
        kernels.tanh(x.value),
        lambda v, e: np.asarray(1 - kernels.tanh(_nearest(v, e)) ** 2),
        ULPS["tanh"],
        lambda c: c * (1.0 - result.square()),
    )
    return result


@quietly
def sigmoid(x: Bounded) -> Bounded:
    """Return the logistic function 1 / (1 + exp(-x))."""

    def slope(v: NDArray[Any], e: NDArray[Any]) -> NDArray[Any]:
        decay = kernels.exp(-_nearest(v, e))
        return np.asarray(decay / (1 + decay) ** 2)

    decay = kernels.exp(-abs(x.value))
    value = np.where(x.value < 0, decay, 1) / (1 + decay)
    result = evaluated(x, value, slope, _SIGMOID_ULPS, lambda c: c * result * (1.0 - result))
    return result


def sin(x: Bounded) -> Bounded:
    """Return the sine."""
    return evaluated(
        x, kernels.sin(x.value), lambda v, e: np.minimum(abs(kernels.cos(v)) + e, 1), ULPS["sin"], lambda c: c * cos(x)
    )


def cos(x: Bounded) -> Bounded:
    """Return the cosine."""
    return evaluated(
        x,
        kernels.cos(x.value),
        lambda v, e: np.minimum(abs(kernels.sin(v)) + e, 1),
        ULPS["cos"],
        lambda c: -(c * sin(x)),
    )


def atan(x: Bounded) -> Bounded:
    """Return the inverse tangent, between -pi/2 and pi/2."""
    return evaluated(
        x,
        kernels.arctan(x.value),
        lambda v, e: np.asarray(1 / (1 + _nearest(v, e) ** 2)),
        ULPS["atan"],
        lambda c: c / (x.square() + 1.0),
    )


def constant_like(value: NDArray[Any], arithmetic: Arithmetic) -> Bounded:
    """Return constants of a formula that were computed with roundoff, whatever their values."""
    error = np.zeros_like(value) if arithmetic.is_exact else abs(value) * arithmetic.roundoff
    return Bounded(value, error, arithmetic)


def _nearest(v: NDArray[Any], e: NDArray[Any]) -> NDArray[Any]:
    """Return the least absolute value within ``e`` of ``v``."""
    return np.asarray(np.maximum(abs(v) - e, 0))


def _reciprocal(lowest: NDArray[Any]) -> NDArray[Any]:
    """Return 1 over the least that a positive argument can be; infinite where that may not be positive."""
    return np.where(lowest > 0, 1 / np.where(lowest > 0, lowest, 1), np.inf)

"""Powers: of bounded arrays, to constant exponents or to bounded ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import kernels
from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded, paired, rounded
from conformance.oracle.elementary import ULPS, log
from conformance.oracle.selection import where


@quietly
def power(base: Bounded, exponent: Bounded | float) -> Bounded:
    """Return ``base`` to the power of ``exponent``.

    The derivative in an exponent is 0 where the base is 0 and the exponent is not negative, as the power is constant
    there.
    """
    constant = not isinstance(exponent, Bounded)
    x, p = paired(base, exponent)
    value = kernels.power(x.value, p.value)
    propagated = x.error if x.arithmetic.is_exact else _moved_base(x, p) + _moved_exponent(x, p, value)

    def of_exponent(c: Bounded) -> Bounded:
        still = np.asarray((x.value == 0) & (p.value >= 0))
        return where(still, zero_like(c), c * (result * log(x)))

    parents = [(x, lambda c: c * (p * power(x, _one_less(p))))]
    if not constant:
        parents.append((p, of_exponent))
    result = rounded(value, propagated, x.arithmetic, 2 * ULPS["pow"], parents)
    return result


def _one_less(p: Bounded) -> Bounded:
    """Return p - 1: a sum that the working type has exactly is not rounded, so whole exponents stay whole."""
    difference = p - 1.0
    exact = (p.error == 0) & p.arithmetic.represents(difference.value)
    error = np.where(exact, np.zeros_like(difference.error), difference.error)
    return Bounded(difference.value, error, p.arithmetic, difference.parents)


def zero_like(x: Bounded) -> Bounded:
    """Return exact zeros of the shape of ``x``."""
    return Bounded(np.zeros_like(x.value), np.zeros_like(x.error), x.arithmetic)


def _moved_base(x: Bounded, p: Bounded) -> NDArray[Any]:
    """Return a bound on what the error of the base moves the power by, at every exponent within its error."""
    least, most = np.maximum(abs(x.value) - x.reach, 0), abs(x.value) + x.error
    steepest = np.maximum(
        np.maximum(kernels.power(least, p.value - p.error - 1), kernels.power(least, p.value + p.error - 1)),
        np.maximum(kernels.power(most, p.value - p.error - 1), kernels.power(most, p.value + p.error - 1)),
    )
    whole = (p.error == 0) & (np.floor(p.value) == p.value)
    defined = whole | (x.value > x.reach)
    slope = np.where(defined, (abs(p.value) + p.error) * steepest, np.inf)
    return np.where(x.error == 0, x.error, slope * x.error)


def _moved_exponent(x: Bounded, p: Bounded, value: NDArray[Any]) -> NDArray[Any]:
    """Return a bound on what the error of the exponent moves the power by: |x^p| (exp(|log x| e) - 1)."""
    distance = abs(kernels.log(abs(x.value))) * p.error
    defined = np.where(x.value > 0, abs(value) * kernels.expm1(distance), np.inf)
    settled = (p.error == 0) | ((x.value == 0) & (abs(p.value) > p.error))
    return np.where(settled, 0 * p.error, defined)

"""Norms of any degree, as distances have them."""

from __future__ import annotations

from conformance.oracle import Bounded, absolute, amax, power, sqrt, total, where


def norm(x: Bounded, p: float, axis: int = -1, *, keepdims: bool = False) -> Bounded:
    """Return (sum |x|^p)^(1/p) along ``axis``; the largest for infinity, the number of non-zeros for 0."""
    axes = (axis,)
    if p == float("inf"):
        return amax(absolute(x), axes, keepdims=keepdims)
    if p == 0:
        return total(where(x.value != 0, Bounded.constant(1.0, x.arithmetic), 0.0), axes, keepdims=keepdims)
    if p == 1:
        return total(absolute(x), axes, keepdims=keepdims)
    if p == 2:
        return sqrt(total(x.square(), axes, keepdims=keepdims), nonnegative=True)
    return power(total(power(absolute(x), float(p)), axes, keepdims=keepdims), 1 / p)

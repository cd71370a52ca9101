"""Norms of vectors, for the families that need them."""

from __future__ import annotations

from conformance.oracle import Bounded, absolute, amax, power, sqrt, total


def norm(x: Bounded, p: float, axis: int) -> Bounded:
    """Return the p-norms of the vectors along ``axis``, which keeps one element."""
    if p == float("inf"):
        return amax(absolute(x), (axis,), keepdims=True)
    if p == 2.0:
        return sqrt(total(x.square(), (axis,), keepdims=True))
    if p == 1.0:
        return total(absolute(x), (axis,), keepdims=True)
    return power(total(power(absolute(x), p), (axis,), keepdims=True), 1.0 / p)

"""A line search for the strong Wolfe conditions, by bracketing and bisection."""

from __future__ import annotations

from collections.abc import Callable

_DECREASE, _CURVATURE = 1e-4, 0.9


def strong_wolfe(
    at: Callable[[float], tuple[float, float]], length: float, loss: float, slope: float, calls: int
) -> float:
    """Return how far to go.

    Args:
        at: Gives loss and slope so far along the direction.
        length: How far to try first.
        loss: The loss at the beginning.
        slope: The slope there, negative.
        calls: How often ``at`` may be called.

    Returns:
        A length that meets both conditions; else the best that was tried, 0 among them.
    """
    low, high = 0.0, float("inf")
    best, lowest = 0.0, loss
    for _ in range(calls):
        found, steepness = at(length)
        enough = found <= loss + _DECREASE * length * slope
        if enough and abs(steepness) <= _CURVATURE * abs(slope):
            return length
        if found < lowest:
            best, lowest = length, found
        if not enough or steepness > 0:
            high = length
        else:
            low = length
        length = (low + high) / 2 if high < float("inf") else 2 * length
    return best

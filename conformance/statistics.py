"""Bounds for counts of what is random: how far an honest generator may be off, but for a chance that is known.

A check of something random can fail though all is right. Bounds here are exact, so that the chance of that is below
:data:`~conformance.distribution.FALSE_ALARM` for each check, whatever the seed; nothing is tuned to a generator.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from conformance.distribution import FALSE_ALARM


@lru_cache(maxsize=128)
def binomial_bounds(number: int, probability: float, chance: float = FALSE_ALARM) -> tuple[int, int]:
    """Return the least and the largest count that is no proof: outside is the binomial distribution's rare ``chance``.

    In whole numbers, hence exact: P(X < least) and P(X > largest) are at most half of ``chance`` each.

    Args:
        number: How many independent trials there are.
        probability: Of success in each.
        chance: Of a count outside of the bounds.

    Raises:
        ValueError: ``probability`` is not between 0 and 1.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"probability: expected a number from 0 to 1, not {probability}")
    success = Fraction(probability)
    return (
        _rare(number, success, Fraction(chance) / 2),
        number - _rare(number, 1 - success, Fraction(chance) / 2),
    )


def _rare(number: int, success: Fraction, chance: Fraction) -> int:
    """Return the largest count k such that P(X < k) is at most ``chance``."""
    a, b = success.numerator, success.denominator - success.numerator
    limit = chance * success.denominator**number
    if b == 0:
        return number
    term = b**number  # of the binomial expansion of (a + b) to the power of number
    below = 0
    for count in range(number):
        below += term
        if below > limit:
            return count
        term = term * (number - count) * a // ((count + 1) * b)
    return number

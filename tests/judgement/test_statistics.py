"""The bounds for what is random are exact: what lies outside is as rare as is said, and no rarer than need be."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from conformance.statistics import binomial_bounds


@pytest.mark.parametrize(("number", "probability"), [(10, 0.5), (40, 0.25), (200, 0.875), (64, 0.0), (64, 1.0)])
def test_binomial_bounds_are_tight(number, probability):
    chance = 1e-3
    low, high = binomial_bounds(number, probability, chance)
    p = Fraction(probability)
    mass = [comb(number, k) * p**k * (1 - p) ** (number - k) for k in range(number + 1)]
    half = Fraction(chance) / 2
    assert sum(mass[:low]) <= half
    assert sum(mass[high + 1 :]) <= half
    assert sum(mass[: low + 1]) > half  # one more would be too many
    assert sum(mass[high:]) > half


def test_binomial_bounds_refuse_no_probability():
    with pytest.raises(ValueError, match="from 0 to 1"):
        binomial_bounds(10, 1.5)

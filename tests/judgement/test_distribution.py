"""Distributions: probabilities, limits, and that samples are told from other distributions and no alarm is false."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest

from conformance.distribution import Normal, TruncatedNormal, Uniform, allowed_distance, distance, standard_normal
from conformance.oracle import Arithmetic, Bounded

_ARITHMETIC = Arithmetic.of("float32")
_SAMPLES = 1 << 14


def _constants(*numbers: float) -> list[Bounded]:
    return [Bounded.constant(number, _ARITHMETIC) for number in numbers]


def _drawn(name: str, random: np.random.Generator, size: int):
    if name == "uniform":
        return random.uniform(-0.3, 1.1, size)
    if name == "normal":
        return random.normal(0.7, 0.2, size)
    many = random.normal(0.7, 0.2, 8 * size)
    return many[(many > 0.6) & (many < 1.3)][:size]


DISTRIBUTIONS = {
    "uniform": Uniform(*_constants(-0.3, 1.1)),
    "normal": Normal(*_constants(0.7, 0.2)),
    "truncated": TruncatedNormal(*_constants(0.7, 0.2, 0.6, 1.3)),
}


def _distance(samples, name: str) -> float:
    return distance(samples.astype(np.float32), DISTRIBUTIONS[name], _ARITHMETIC.roundoff).size


def test_standard_normal_is_that_of_mpmath() -> None:
    z = np.array([[-9.0, -3.5, -0.1], [0.0, 1.25, 6.0]])
    exact = np.array([[float(mpmath.ncdf(one)) for one in row] for row in z])
    assert np.allclose(standard_normal(z), exact, rtol=1e-14, atol=0)


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS))
def test_alarms_are_as_rare_as_stated(name: str) -> None:
    """At a chance of 1 in 20, which can be counted, no more than 1 in 20 of 120 draws may fail but for chance."""
    allowed = allowed_distance(500, 0.05)
    alarms = sum(_distance(_drawn(name, np.random.default_rng(seed), 500), name) > allowed for seed in range(120))
    assert alarms <= 120 * 0.05 + 4 * math.sqrt(120 * 0.05)


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS))
def test_neighbours_are_told(name: str) -> None:
    samples = _drawn(name, np.random.default_rng(3), _SAMPLES)
    allowed = allowed_distance(_SAMPLES, 1e-10)
    assert _distance(samples, name) < allowed / 2
    centre = samples.mean()
    for other in (samples + 0.15 * samples.std(), centre + 1.2 * (samples - centre), centre + 0.8 * (samples - centre)):
        assert _distance(other, name) > allowed
    assert _distance(np.full(_SAMPLES, centre), name) > 0.3


def test_limits_leave_room_for_rounding_only() -> None:
    low, high = DISTRIBUTIONS["uniform"].limits()
    assert -0.3 - 1e-6 < low < np.float32(-0.3)
    assert np.float32(1.1) < high < 1.1 + 1e-6
    assert DISTRIBUTIONS["normal"].limits() == (-math.inf, math.inf)
    low, high = DISTRIBUTIONS["truncated"].limits()
    assert 0.6 - 1e-7 < low <= np.float32(0.6)
    assert np.float32(1.3) <= high < 1.3 + 1e-6


def test_allowed_distance_is_that_of_the_inequality() -> None:
    assert 2 * math.exp(-2 * 500 * allowed_distance(500, 1e-10) ** 2) == pytest.approx(1e-10)

"""Distributions that documentation names, and how far samples of one may be from it.

What is drawn is judged by the largest distance between the fraction of samples up to a number and the documented
probability of it. For n independent samples the chance that it passes d is at most 2 exp(-2 n d^2), whatever the
distribution (Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of Massart 1990), so the allowed distance follows
from the chance of a false alarm alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import Bounded

FALSE_ALARM = 1e-9
"""The chance that samples as documented fail any of a clause's checks."""

_PLACES = 1024
"""At how many of the samples the distance is taken; fewer than all can only make it smaller."""

Numbers = NDArray[Any]


class Distribution(Protocol):
    """A distribution, its parameters in oracle arithmetic."""

    def below(self, x: Numbers) -> Numbers:
        """Return the probability of a sample up to ``x``, for each element of a float64 array."""

    def rounding(self, x: Numbers) -> Numbers:
        """Return how far a sample near ``x`` may be from where exact arithmetic puts it."""

    def limits(self) -> tuple[float, float]:
        """Return the least and the largest sample that an admissible evaluation may give."""


@dataclass(frozen=True)
class Uniform:
    """The uniform distribution from ``low`` to ``high``."""

    low: Bounded
    high: Bounded

    def below(self, x: Numbers) -> Numbers:
        """Return the share of the interval that is below ``x``."""
        low, high = _number(self.low), _number(self.high)
        return np.clip((x - low) / (high - low), 0.0, 1.0)

    def rounding(self, x: Numbers) -> Numbers:
        """Return the error of low + (high - low) share."""
        share = Bounded.input(self.below(x), self.low.arithmetic)
        return (self.low + (self.high - self.low) * share).error.astype(np.float64)

    def limits(self) -> tuple[float, float]:
        """Return the interval's ends, each as far out as rounding can bring a sample."""
        ends = np.array([_number(self.low), _number(self.high)])
        out = self.rounding(ends)
        return float(ends[0] - out[0]), float(ends[1] + out[1])


@dataclass(frozen=True)
class Normal:
    """The normal distribution of a mean and a standard deviation."""

    mean: Bounded
    std: Bounded

    def below(self, x: Numbers) -> Numbers:
        """Return the probability by the complementary error function."""
        return standard_normal((x - _number(self.mean)) / _number(self.std))

    def rounding(self, x: Numbers) -> Numbers:
        """Return the error of mean + std z."""
        z = Bounded.input((x - _number(self.mean)) / _number(self.std), self.mean.arithmetic)
        return (self.mean + self.std * z).error.astype(np.float64)

    def limits(self) -> tuple[float, float]:
        """Return the infinities: there are no limits."""
        return -math.inf, math.inf


@dataclass(frozen=True)
class TruncatedNormal:
    """The normal distribution of ``mean`` and ``std``, given that a sample is from ``low`` to ``high``."""

    mean: Bounded
    std: Bounded
    low: Bounded
    high: Bounded

    def below(self, x: Numbers) -> Numbers:
        """Return the normal probability from ``low`` to ``x`` as a share of that of the interval."""
        whole = Normal(self.mean, self.std)
        first, last = whole.below(np.array([_number(self.low), _number(self.high)]))
        return np.asarray(np.clip((whole.below(x) - first) / (last - first), 0.0, 1.0))

    def rounding(self, x: Numbers) -> Numbers:
        """Return the error of mean + std z."""
        return Normal(self.mean, self.std).rounding(x)

    def limits(self) -> tuple[float, float]:
        """Return the cutoffs, rounded outwards once."""
        return (
            _number(self.low) - float(self.low.error),
            _number(self.high) + float(self.high.error),
        )


def standard_normal(z: Numbers) -> Numbers:
    """Return the probability that a standard normal number is up to each element of ``z``."""
    return np.array([0.5 * math.erfc(-one / math.sqrt(2.0)) for one in z.ravel()]).reshape(z.shape)


def allowed_distance(samples: int, chance: float) -> float:
    """Return the distance that ``samples`` independent samples pass with at most the probability ``chance``."""
    return math.sqrt(math.log(2.0 / chance) / (2.0 * samples))


@dataclass(frozen=True)
class Distance:
    """Where samples are farthest from a distribution.

    Args:
        at: The number.
        share: The share of samples up to it (or below it, where too few are).
        documented: The probability that is documented.
        size: How far they are apart, what rounding may do taken off.
    """

    at: float
    share: float
    documented: float
    size: float


def distance(samples: Numbers, distribution: Distribution, roundoff: float) -> Distance:
    """Return the largest distance between ``samples`` and ``distribution``.

    Args:
        samples: The samples, of any shape; none may be NaN.
        distribution: What they are documented to be drawn from.
        roundoff: That of their type. Uniform numbers, of which others are made, lie on a grid of twice that.
    """
    ordered = np.sort(samples.astype(np.float64).ravel())
    places = ordered[np.unique(np.linspace(0, ordered.size - 1, _PLACES).astype(int))]
    out = distribution.rounding(places)
    upper, lower = distribution.below(places + out), distribution.below(places - out)
    up_to = np.searchsorted(ordered, places, "right") / ordered.size
    before = np.searchsorted(ordered, places, "left") / ordered.size
    excess = np.stack([up_to - upper, lower - before]) - 2 * roundoff
    side, index = (int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))
    return Distance(
        at=float(places[index]),
        share=float((up_to, before)[side][index]),
        documented=float((upper, lower)[side][index]),
        size=max(0.0, float(excess[side, index])),
    )


def _number(x: Bounded) -> float:
    return float(x.value)

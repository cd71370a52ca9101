"""What goes in: recipes for the data of a case, written as a shape and a regime, filled by NumPy from a seed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from conformance.oracle import numpy_dtype

Filler = Callable[[np.random.Generator, tuple[int, ...]], NDArray[Any]]


def _normal(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.standard_normal(shape)


def _offset(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return 100.0 + random.standard_normal(shape)


def _wide(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.standard_normal(shape) * 10.0 ** random.uniform(-3.0, 3.0, shape)


def _fairly_wide(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.standard_normal(shape) * 10.0 ** random.uniform(-1.0, 1.0, shape)


def _small(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return 1e-3 * random.standard_normal(shape)


def _modest(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return 0.5 * random.standard_normal(shape)


def _tied(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.integers(-2, 3, shape).astype(np.float64)


def _units(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.integers(-1, 2, shape).astype(np.float64)


def _probability(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.uniform(0.01, 0.99, shape)


def _positive(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return np.exp(random.standard_normal(shape))


def _log_probability(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    scores = random.standard_normal(shape)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True)))


def _signs(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[Any]:
    return random.choice([-1.0, 1.0], shape)


REGIMES: Mapping[str, Filler] = {
    "normal": _normal,  # the everyday case
    "offset": _offset,  # a mean a hundred times the spread: sums that cancel, variances that drown
    "wide": _wide,  # six orders of magnitude side by side
    "small": _small,  # where a constant such as eps weighs
    "modest": _modest,  # half of it: weights whose sums saturate no gate
    "tied": _tied,  # the integers from -2 to 2: equal elements, exact zeros
    "units": _units,  # -1, 0 and 1: factors that keep an integer sum exact
    "probability": _probability,  # between 0 and 1, and not at either
    "positive": _positive,  # above 0: scales, variances, weights
    "log_probability": _log_probability,  # logarithms of probabilities that sum to 1 along the last axis
    "signs": _signs,  # -1 or 1: the labels of two classes
}
"""What each regime fills an array with, before it is rounded to the dtype of the check."""

_NARROWER: Mapping[tuple[str, str], Filler] = {("wide", "float16"): _fairly_wide}
"""Likewise, where a type of few orders of magnitude would overflow in every product of three."""


@dataclass(frozen=True)
class Draw:
    """An array of ``shape`` drawn from a regime (see :data:`REGIMES`)."""

    shape: tuple[int, ...]
    regime: str = "normal"

    def __post_init__(self) -> None:
        if self.regime not in REGIMES:
            raise ValueError(f"regime: expected one of {', '.join(REGIMES)}, not {self.regime!r}")

    def fill(self, dtype: str, seed: int) -> NDArray[Any]:
        """Return the array, rounded to ``dtype``; equal arguments give equal arrays."""
        random = np.random.default_rng(seed)
        filler = _NARROWER.get((self.regime, dtype), REGIMES[self.regime])
        return np.asarray(filler(random, self.shape)).astype(numpy_dtype(dtype))  # of no dimensions, it is a number


@dataclass(frozen=True)
class Integers:
    """An array of whole numbers from ``-largest`` to ``largest``, their absolute values at least half of it."""

    shape: tuple[int, ...]
    largest: int

    def fill(self, dtype: str, seed: int) -> NDArray[Any]:
        """Return the array in ``dtype``; equal arguments give equal arrays."""
        random = np.random.default_rng(seed)
        size = random.integers((self.largest + 1) // 2, self.largest + 1, self.shape)
        return np.asarray(size * random.choice([-1, 1], self.shape)).astype(numpy_dtype(dtype))


@dataclass(frozen=True)
class Subnormals:
    """An array of numbers of either sign below the smallest normal one, none of them zero."""

    shape: tuple[int, ...]

    def fill(self, dtype: str, seed: int) -> NDArray[Any]:
        """Return the array in ``dtype``; equal arguments give equal arrays."""
        random = np.random.default_rng(seed)
        kind = numpy_dtype(dtype)
        limits = ml_dtypes.finfo(kind)  # type: ignore[no-untyped-call]
        steps = int(limits.smallest_normal / limits.smallest_subnormal)
        size = random.integers(1, steps, self.shape).astype(np.float64) * float(limits.smallest_subnormal)
        return np.asarray(size * random.choice([-1.0, 1.0], self.shape)).astype(kind)


@dataclass(frozen=True)
class Values:
    """An array written out. ``dtype`` is that of the check unless it is given, as for indices: ``"int64"``."""

    values: Any
    dtype: str | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return np.shape(self.values)

    def fill(self, dtype: str, seed: int) -> NDArray[Any]:  # noqa: ARG002 - one signature for all recipes
        """Return the array."""
        chosen = dtype if self.dtype is None else self.dtype
        return np.array(self.values, dtype=np.float64 if self.dtype is None else chosen).astype(numpy_dtype(chosen))


Recipe = Draw | Integers | Subnormals | Values


def seed_of(*parts: object) -> int:
    """Return a seed that depends on the text of ``parts`` alone, alike on every machine."""
    return zlib.crc32("\x1f".join(str(part) for part in parts).encode())

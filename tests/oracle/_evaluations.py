"""Admissible evaluations in real working precision: sums in many orders, fused, blocked, flushed to zero."""

from __future__ import annotations

from collections.abc import Callable

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from conformance.oracle import numpy_dtype

Vector = NDArray[np.floating]
Summation = Callable[[Vector, Vector, np.random.Generator, np.dtype], object]
"""Takes two vectors of factors, a generator and the accumulator's type to one sum of products in that type."""


def smallest_normal(dtype: np.dtype) -> float:
    return float(ml_dtypes.finfo(dtype).smallest_normal)


def flushed(values: NDArray, dtype: np.dtype) -> NDArray:
    """Return ``values`` with subnormal numbers of ``dtype`` replaced by zeros."""
    return np.where(abs(values) < smallest_normal(dtype), np.zeros_like(values), values)


def _products(a: Vector, b: Vector, accumulator: np.dtype) -> Vector:
    return a.astype(accumulator) * b.astype(accumulator)


def _sequential(a: Vector, b: Vector, _: np.random.Generator, accumulator: np.dtype) -> object:
    return _running(_products(a, b, accumulator))


def _running(terms: Vector) -> object:
    total = terms.dtype.type(0)
    for term in terms:
        total = total + term
    return total


def _shuffled(a: Vector, b: Vector, random: np.random.Generator, accumulator: np.dtype) -> object:
    return _running(random.permutation(_products(a, b, accumulator)))


def _pairwise(a: Vector, b: Vector, _: np.random.Generator, accumulator: np.dtype) -> object:
    terms = _products(a, b, accumulator)
    while terms.size > 1:
        odd = terms[-1:] if terms.size % 2 else terms[:0]
        terms = np.concatenate([terms[: terms.size // 2 * 2 : 2] + terms[1::2], odd])
    return terms[0] if terms.size else accumulator.type(0)


def _blocked(a: Vector, b: Vector, random: np.random.Generator, accumulator: np.dtype) -> object:
    terms = _products(a, b, accumulator)
    width = int(random.integers(1, max(2, terms.size)))
    parts = [_running(terms[start : start + width]) for start in range(0, terms.size, width)]
    return _running(np.array(parts, dtype=accumulator))


def _tree(a: Vector, b: Vector, random: np.random.Generator, accumulator: np.dtype) -> object:
    terms = list(_products(a, b, accumulator))
    while len(terms) > 1:
        first = terms.pop(int(random.integers(len(terms))))
        second = terms.pop(int(random.integers(len(terms))))
        terms.append(first + second)
    return terms[0] if terms else accumulator.type(0)


def _fused(a: Vector, b: Vector, _: np.random.Generator, accumulator: np.dtype) -> object:
    """Return a chain of fused multiply-adds: each rounds once, from the extended type."""
    total = accumulator.type(0)
    for x, y in zip(a.astype(np.longdouble), b.astype(np.longdouble), strict=True):
        total = (x * y + np.longdouble(total)).astype(accumulator)
    return total


def _flushing(a: Vector, b: Vector, _: np.random.Generator, accumulator: np.dtype) -> object:
    total = accumulator.type(0)
    for term in flushed(_products(a, b, accumulator), accumulator):
        total = accumulator.type(flushed(np.asarray(total + term), accumulator))
    return total


SUMMATIONS: dict[str, Summation] = {
    "sequential": _sequential,
    "shuffled": _shuffled,
    "pairwise": _pairwise,
    "blocked": _blocked,
    "random-tree": _tree,
    "fused": _fused,
    "flushing": _flushing,
}


def accumulator_of(dtype: str) -> np.dtype:
    """Return the type that sums of ``dtype`` accumulate in unless a backend declares otherwise."""
    return np.dtype(np.float64) if dtype == "float64" else np.dtype(np.float32)


def dot(a: Vector, b: Vector, summation: str, random: np.random.Generator, dtype: str) -> object:
    """Return the sum of products of ``a`` and ``b``, rounded to ``dtype`` at the end."""
    with np.errstate(all="ignore"):
        total = SUMMATIONS[summation](a, b, random, accumulator_of(dtype))
        return np.asarray(total).astype(numpy_dtype(dtype))

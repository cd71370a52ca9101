"""Moving numbers about: every rearrangement is one gather, and its pullback is one sum of what was gathered.

A rearrangement is given as what it does to an array of positions, so NumPy's own ``reshape``, ``transpose``, slicing,
``np.pad`` and ``sliding_window_view`` serve the oracle as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle.arithmetic import Arithmetic, quietly
from conformance.oracle.bounded import Bounded

OUTSIDE = -1
"""The position of an element that comes from nowhere: padding."""

Positions = NDArray[np.intp]


def positions(shape: Sequence[int]) -> Positions:
    """Return the flat position of every element of an array of ``shape``."""
    return np.arange(int(np.prod(shape)), dtype=np.intp).reshape(shape)


def gather(x: Bounded, source: Positions, fill: float = 0.0) -> Bounded:
    """Return the array whose elements are those of ``x`` at the flat positions ``source``; ``fill`` where OUTSIDE."""
    value = take(x.value, source, fill)
    terms = None if x.terms is None else x.terms.moved(lambda a: take(a, source, 0.0))
    pullback = partial(scatter, target=source, shape=x.shape)
    return Bounded(value, take(x.error, source, 0.0), x.arithmetic, ((x, pullback),), terms)


def scatter(x: Bounded, target: Positions, shape: Sequence[int]) -> Bounded:
    """Return the array of ``shape`` whose elements are the sums, in any order, of the ``x`` sent to each position."""
    return _sent(x, target, shape, x.arithmetic.scattering)


@quietly
def _sent(x: Bounded, target: Positions, shape: Sequence[int], summing: Arithmetic) -> Bounded:
    """Return what :func:`scatter` does, sums being as ``summing`` has them."""
    arithmetic = x.arithmetic
    value = accumulate(x.value, target, shape)
    propagated = accumulate(x.error, target, shape)
    count = accumulate(np.ones(x.shape), target, shape)
    parents = ((x, partial(gather, source=target)),)
    if arithmetic.is_exact or not np.any(count > 1):
        terms = None if x.terms is None else x.terms.moved(lambda a: accumulate(a, target, shape))
        return Bounded(value, propagated, arithmetic, parents, terms)
    magnitude = accumulate(abs(x.value), target, shape) + propagated
    error = summed(summing, value, propagated, magnitude, np.maximum(count - 1, 0))
    return Bounded(value, np.where(count > 1, error, propagated), arithmetic, parents)


def summed(
    arithmetic: Arithmetic,
    value: NDArray[Any],
    propagated: NDArray[Any],
    magnitude: NDArray[Any],
    roundings: NDArray[Any] | float,
    flushes: NDArray[Any] | float = 1,
) -> NDArray[Any]:
    """Return the error of sums in any order.

    Args:
        arithmetic: What they are computed in.
        value: The exact sums.
        propagated: The sums of the errors of the terms.
        magnitude: The sums of the absolute values that the computed terms may have.
        roundings: How many roundings a term may go through.
        flushes: How many numbers may be flushed to zero on the way.
    """
    grown = arithmetic.accumulated(roundings)
    error = propagated + np.where(grown > 0, grown * magnitude, 0) + flushes * arithmetic.smallest_normal
    if arithmetic.keeps_sums_wider:
        error = error + arithmetic.roundoff * (abs(value) + error)
    exact = magnitude == 0  # zeros alone
    return arithmetic.settled(value, propagated, np.where(exact, 0, error), partial=(1 + grown) * magnitude)


def rearrange(x: Bounded, movement: Callable[[Positions], Positions], fill: float = 0.0) -> Bounded:
    """Return ``x`` rearranged as ``movement`` rearranges an array of its positions."""
    return gather(x, np.asarray(movement(positions(x.shape))), fill)


def reshape(x: Bounded, shape: Sequence[int]) -> Bounded:
    """Return ``x`` in another shape, row-major order kept."""
    return rearrange(x, lambda p: p.reshape(shape))


def broadcast_to(x: Bounded, shape: Sequence[int]) -> Bounded:
    """Return ``x`` repeated along new and single-element axes."""
    if x.shape == tuple(shape):
        return x

    def repeated(values: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(values, shape)

    def pullback(c: Bounded) -> Bounded:
        return _sent(c, np.broadcast_to(positions(x.shape), shape), x.shape, c.arithmetic)

    terms = None if x.terms is None else x.terms.moved(repeated)
    return Bounded(repeated(x.value), repeated(x.error), x.arithmetic, ((x, pullback),), terms)


@quietly
def total(x: Bounded, axes: Sequence[int] | None = None, *, keepdims: bool = False) -> Bounded:
    """Return the sum over ``axes`` (all by default), in any order; the summed axes are dropped unless ``keepdims``."""
    return _total(x, axes, x.arithmetic, keepdims=keepdims)


def _total(x: Bounded, axes: Sequence[int] | None, summing: Arithmetic, *, keepdims: bool = False) -> Bounded:
    """Return what :func:`total` does, the sums being as ``summing`` has them."""
    arithmetic = x.arithmetic
    axes_, kept = along(x.shape, axes)
    count = prod(x.shape[axis] for axis in axes_)

    def over(values: NDArray[Any]) -> NDArray[Any]:
        return np.asarray(values.sum(axis=tuple(axes_), keepdims=keepdims))

    value, propagated = over(x.value), over(x.error)
    parents = ((x, lambda c: broadcast_to(reshape(c, kept), x.shape)),)
    if arithmetic.is_exact or count <= 1:
        return Bounded(value, propagated, arithmetic, parents, None if x.terms is None else x.terms.moved(over))
    error = summed(summing, value, propagated, over(abs(x.value)) + propagated, count - 1)
    return Bounded(value, error, arithmetic, parents)


def along(shape: Sequence[int], axes: Sequence[int] | None) -> tuple[list[int], list[int]]:
    """Return ``axes`` counted from 0 (all for None), and the shape with one element along each of them."""
    summed = list(range(len(shape))) if axes is None else [axis % len(shape) for axis in axes]
    return summed, [1 if axis in summed else length for axis, length in enumerate(shape)]


@quietly
def stack_sum(terms: Sequence[Bounded]) -> Bounded:
    """Return the sum, in any order, of ``terms`` of one shape; that of any of them is of the working type as well."""
    if len(terms) == 1:
        return terms[0]
    first = terms[0]
    value = np.stack([term.value for term in terms])
    error = np.stack([term.error for term in terms])
    parents = [(term, _selector(index)) for index, term in enumerate(terms)]
    return _total(Bounded(value, error, first.arithmetic, parents), (0,), first.arithmetic.plain)


def _selector(index: int) -> Callable[[Bounded], Bounded]:
    return lambda c: rearrange(c, lambda p: p[index])


def take(values: NDArray[Any], source: Positions, fill: float) -> NDArray[Any]:
    """Return ``values`` at flat positions, ``fill`` where OUTSIDE."""
    outside = source == OUTSIDE
    if not outside.any():
        return values.reshape(-1)[source]
    whole = values.dtype == object and float(fill).is_integer()
    beyond = int(fill) if whole else fill  # a float would round exact sums
    extended = np.append(values.reshape(-1), np.asarray(beyond, dtype=values.dtype))
    return np.asarray(extended[source])


def accumulate(values: NDArray[Any], target: Positions, shape: Sequence[int]) -> NDArray[Any]:
    """Return the sums of ``values`` by flat target position; what is sent OUTSIDE is dropped."""
    sums = np.zeros(int(np.prod(shape)) + 1, dtype=values.dtype)  # the last cell is OUTSIDE
    np.add.at(sums, target.reshape(-1), np.broadcast_to(values, target.shape).reshape(-1))
    return sums[:-1].reshape(shape)

"""Adaptive pools over any number of spatial dimensions: as many windows as outputs are asked for."""

from __future__ import annotations

from functools import reduce
from itertools import product
from math import prod
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.pooling._maximum import sent
from adapters.reference.tensor import Tensor, wrap

Parts = tuple[tuple[slice, ...], ...]
"""For each dimension, where each window lies along it."""


class _AdaptiveAverageBackward(Function):
    """The average of every window."""

    __slots__ = ("numbers", "parts", "shape")

    def forward(self, x: Array, parts: Parts) -> Array:
        """Sums along one dimension after the other, over the numbers of elements."""
        self.parts, self.shape = parts, x.shape
        lengths = [np.array([part.stop - part.start for part in along]) for along in parts]
        self.numbers = reduce(np.multiply.outer, lengths).astype(x.dtype)
        for axis, along in enumerate(parts, x.ndim - len(parts)):
            moved = np.moveaxis(x, axis, 0)
            x = np.moveaxis(np.stack([moved[part].sum(axis=0) for part in along]), 0, axis)
        return np.asarray(x / self.numbers)

    def backward(self, gradient: Array) -> Array:
        """An equal share of ``g`` to each element of its window."""
        share = gradient / self.numbers
        for axis, along in enumerate(self.parts, share.ndim - len(self.parts)):
            total = np.zeros((self.shape[axis], *np.delete(share.shape, axis)), dtype=share.dtype)
            for part, one in zip(along, np.moveaxis(share, axis, 0), strict=True):
                total[part] += one
            share = np.moveaxis(total, 0, axis)
        return np.asarray(share)


class _AdaptiveMaximumBackward(Function):
    """The largest element of every window."""

    __slots__ = ("dimensions", "shape", "where")

    def forward(self, x: Array, where: Array, dimensions: int) -> Array:
        """The elements at ``where``."""
        self.where, self.shape, self.dimensions = where, x.shape, dimensions
        channels = prod(x.shape[:-dimensions])
        found = np.take_along_axis(x.reshape(channels, -1), where.reshape(channels, -1), axis=1)
        return found.reshape(where.shape)

    def backward(self, gradient: Array) -> Array:
        """``g`` to the largest element of each window."""
        return sent(gradient, self.where, self.shape, self.dimensions)


class AdaptiveAvgPool1DBackward0(_AdaptiveAverageBackward):
    """Averages along one dimension."""

    __slots__ = ()


class AdaptiveAvgPool2DBackward0(_AdaptiveAverageBackward):
    """Averages over height and width."""

    __slots__ = ()


class AdaptiveAvgPool3DBackward0(_AdaptiveAverageBackward):
    """Averages over depth, height and width."""

    __slots__ = ()


class AdaptiveMaxPool1DBackward0(_AdaptiveMaximumBackward):
    """Maxima along one dimension."""

    __slots__ = ()


class AdaptiveMaxPool2DBackward0(_AdaptiveMaximumBackward):
    """Maxima over height and width."""

    __slots__ = ()


class AdaptiveMaxPool3DBackward0(_AdaptiveMaximumBackward):
    """Maxima over depth, height and width."""

    __slots__ = ()


_AVERAGES = {1: AdaptiveAvgPool1DBackward0, 2: AdaptiveAvgPool2DBackward0, 3: AdaptiveAvgPool3DBackward0}
_MAXIMA = {1: AdaptiveMaxPool1DBackward0, 2: AdaptiveMaxPool2DBackward0, 3: AdaptiveMaxPool3DBackward0}


def adaptive_average_pool(n: int, input: Tensor, output_size: Any) -> Tensor:
    """Return the average of every window over the last ``n`` dimensions."""
    parts = _parts(f"adaptive_avg_pool{n}d", n, input, output_size)
    result: Tensor = _AVERAGES[n].apply((input,), parts)
    return result


def adaptive_maximum_pool(n: int, input: Tensor, output_size: Any, return_indices: bool) -> Any:
    """Return the largest element of every window over the last ``n`` dimensions, and where it is if asked for."""
    parts = _parts(f"adaptive_max_pool{n}d", n, input, output_size)
    where = positions(input.array, parts)
    result: Tensor = _MAXIMA[n].apply((input,), where, n)
    return (result, wrap(where)) if return_indices else result


def positions(x: Array, parts: Parts) -> Array:
    """Return where among the elements of its channel, in reading order, the first largest of each window is."""
    n = len(parts)
    counts, lengths = tuple(len(along) for along in parts), x.shape[-n:]
    plane = np.arange(prod(lengths)).reshape(lengths)
    where = np.empty((*x.shape[:-n], prod(counts)), dtype=np.int64)
    for number, window in enumerate(product(*parts)):
        key: tuple[Any, ...] = (..., *window)
        where[..., number] = plane[window].reshape(-1)[x[key].reshape(*x.shape[:-n], -1).argmax(axis=-1)]
    return where.reshape(*x.shape[:-n], *counts)


def _parts(name: str, n: int, input: Tensor, output_size: Any) -> Parts:
    """Return the windows that ``output_size`` means, after checking it: from floor(i l / s) to ceil((i + 1) l / s)."""
    require_tensor(input, f"{name}: input")
    shape = input.array.shape
    if len(shape) not in (n + 1, n + 2) or 0 in shape[-n:]:
        raise RuntimeError(f"{name}: input: expected {n + 1} or {n + 2} dimensions that are not empty, not {shape}")
    given = tuple(output_size) if isinstance(output_size, (tuple, list)) else (output_size,) * n
    if len(given) != n:
        raise RuntimeError(f"{name}: output_size: expected one int or {n}, not {output_size!r}")
    return tuple(_along(name, length, size) for length, size in zip(shape[-n:], given, strict=True))


def _along(name: str, length: int, size: Any) -> tuple[slice, ...]:
    count = length if size is None else size
    if isinstance(count, bool) or not isinstance(count, (int, np.integer)):
        raise TypeError(f"{name}: output_size: expected ints or None, not {size!r}")
    if count < 1:
        raise RuntimeError(f"{name}: output_size: expected 1 or more, not {size!r}")
    return tuple(slice(i * length // count, -(-(i + 1) * length // count)) for i in range(int(count)))

"""Average pools over any number of spatial dimensions."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.pooling._spatial import Spatial, counts_of, elements, framed, unframed, windows_of
from adapters.reference.tensor import Tensor


class _AveragePoolBackward(Function):
    """The sum of every window over its divisor."""

    __slots__ = ("counts", "divisor", "shape", "windows")
    linear_inputs = 1

    def linear_arrays(self) -> tuple[Array]:
        """Return nothing of the input's shape."""
        return (np.zeros(self.shape),)

    def forward(self, x: Array, windows: Spatial, counts: tuple[int, ...], divisor: Array) -> Array:
        """Sums over the window's elements, all windows at a time; padding counts as 0."""
        self.windows, self.counts, self.divisor, self.shape = windows, counts, divisor, x.shape
        total = np.zeros((*x.shape[: -len(counts)], *counts), dtype=x.dtype)
        for part in elements(framed(x, windows, counts, 0), windows, counts):
            total += part
        total /= divisor.astype(x.dtype)
        return total

    def backward(self, gradient: Array) -> Array:
        """An equal share of ``g`` to each element of its window; what goes to padding is dropped."""
        share = gradient / self.divisor.astype(gradient.dtype)
        frame = framed(np.zeros(self.shape, dtype=gradient.dtype), self.windows, self.counts, 0)
        for place in elements(frame, self.windows, self.counts):
            np.add(place, share, out=place)
        return unframed(frame, self.windows, self.shape)


class AvgPool1DBackward0(_AveragePoolBackward):
    """Averages along one dimension."""

    __slots__ = ()


class AvgPool2DBackward0(_AveragePoolBackward):
    """Averages over height and width."""

    __slots__ = ()


class AvgPool3DBackward0(_AveragePoolBackward):
    """Averages over depth, height and width."""

    __slots__ = ()


_NODES = {1: AvgPool1DBackward0, 2: AvgPool2DBackward0, 3: AvgPool3DBackward0}


def average_pool(
    n: int,
    input: Tensor,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None = None,
) -> Tensor:
    """Return the average of every window over the last ``n`` dimensions; the arguments are those of the operators."""
    name = f"avg_pool{n}d"
    require_tensor(input, f"{name}: input")
    windows = windows_of(name, n, kernel_size, stride, padding)
    counts = counts_of(name, input, windows, ceil_mode=ceil_mode)
    if divisor_override == 0:
        raise RuntimeError(f"{name}: divisor_override: expected a divisor that is not zero, not {divisor_override!r}")
    if divisor_override is None:
        divisor = _sizes(windows, counts, input.array.shape, include=count_include_pad)
    else:
        divisor = np.asarray(divisor_override)
    result: Tensor = _NODES[n].apply((input,), windows, counts, divisor)
    return result


def _sizes(windows: Spatial, counts: tuple[int, ...], shape: tuple[int, ...], *, include: bool) -> Array:
    """Return the number of each window's elements that are counted: within the padding, or within the input alone."""
    along = []
    for window, count, length in zip(windows, counts, shape[-len(counts) :], strict=True):
        first = np.arange(count) * window.stride - window.padding
        end = np.minimum(first + window.size, length + window.padding)
        along.append(end - first if include else np.minimum(end, length) - np.maximum(first, 0))
    sizes: Array = reduce(np.multiply.outer, along)
    return sizes


class AveragePool(Module):
    """What the modules of average pools share."""

    kernel_size: Any
    stride: Any
    padding: Any

    def extra_repr(self) -> str:
        """Return the options."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"

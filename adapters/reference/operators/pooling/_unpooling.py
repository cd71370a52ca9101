"""Max unpooling over any number of spatial dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.pooling._spatial import numbers
from adapters.reference.tensor import Tensor


class _UnpoolBackward(Function):
    """Elements sent to their places among zeros."""

    __slots__ = ("shape", "where")

    def forward(self, x: Array, where: Array, lengths: tuple[int, ...]) -> Array:
        """Zeros of ``lengths`` but for each channel's elements at ``where``."""
        n = len(lengths)
        channels = prod(x.shape[:-n])
        self.where, self.shape = where.reshape(channels, -1), x.shape
        result = np.zeros((channels, prod(lengths)), dtype=x.dtype)
        np.put_along_axis(result, self.where, x.reshape(channels, -1), axis=1)
        return result.reshape(*x.shape[:-n], *lengths)

    def backward(self, gradient: Array) -> Array:
        """The gradient at each element's place."""
        channels = len(self.where)
        return np.take_along_axis(gradient.reshape(channels, -1), self.where, axis=1).reshape(self.shape)


class MaxUnpool1DBackward0(_UnpoolBackward):
    """Places along one dimension."""

    __slots__ = ()


class MaxUnpool2DBackward0(_UnpoolBackward):
    """Places in height and width."""

    __slots__ = ()


class MaxUnpool3DBackward0(_UnpoolBackward):
    """Places in depth, height and width."""

    __slots__ = ()


_NODES = {1: MaxUnpool1DBackward0, 2: MaxUnpool2DBackward0, 3: MaxUnpool3DBackward0}


def unpool(
    n: int, input: Tensor, indices: Tensor, kernel_size: Any, stride: Any, padding: Any, output_size: Any
) -> Tensor:
    """Return each element in its place over the last ``n`` dimensions; the arguments are those of the operators."""
    name = f"max_unpool{n}d"
    require_tensor(input, f"{name}: input")
    require_tensor(indices, f"{name}: indices")
    if input.ndim not in (n + 1, n + 2) or input.shape != indices.shape:
        raise RuntimeError(
            f"{name}: expected input of {n + 1} or {n + 2} dimensions and indices of its shape, not {input.shape} and "
            f"{indices.shape}"
        )
    if indices.dtype.name != "int64":
        raise RuntimeError(f"{name}: indices: expected torch.int64, not {indices.dtype}")
    kernel = numbers(kernel_size, n, f"{name}: kernel_size")
    strides = kernel if stride is None else numbers(stride, n, f"{name}: stride")
    paddings = numbers(padding, n, f"{name}: padding")
    usual = [
        (length - 1) * step + size - 2 * width
        for length, size, step, width in zip(input.array.shape[-n:], kernel, strides, paddings, strict=True)
    ]
    lengths = tuple(usual) if output_size is None else _asked(name, output_size, usual, strides)
    where = indices.array
    if where.size and not 0 <= where.min() <= where.max() < prod(lengths):
        raise RuntimeError(f"{name}: indices: expected positions within an output of {lengths}, not {where.max()}")
    result: Tensor = _NODES[n].apply((input,), where, lengths)
    return result


def _asked(name: str, given: Sequence[int], usual: Sequence[int], strides: Sequence[int]) -> tuple[int, ...]:
    """Return the lengths that are asked for, after checking that a pool may have taken them to the input's."""
    n = len(usual)
    lengths = tuple(given)[2:] if len(given) == n + 2 else tuple(given)
    if len(lengths) != n:
        raise ValueError(f"{name}: output_size: expected {n} or {n + 2} ints, not {given!r}")
    for length, expected, step in zip(lengths, usual, strides, strict=True):
        if abs(length - expected) >= step:
            raise ValueError(f"{name}: output_size: expected less than a stride {step} from {expected}, not {length}")
    return lengths


class Unpool(Module):
    """What the modules that unpool share.

    Args:
        kernel_size: Size of a window, one int or one for each dimension; so are the next two.
        stride: ``kernel_size`` where not given.
        padding: 0.
    """

    dimensions: int

    def __init__(self, kernel_size: Any, stride: Any = None, padding: Any = 0) -> None:
        super().__init__()
        n, name = self.dimensions, type(self).__name__
        self.kernel_size = numbers(kernel_size, n, f"{name}: kernel_size")
        self.stride = self.kernel_size if stride is None else numbers(stride, n, f"{name}: stride")
        self.padding = numbers(padding, n, f"{name}: padding")

    def extra_repr(self) -> str:
        """Return the options."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"

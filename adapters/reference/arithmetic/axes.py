"""Dimensions exchanged, added and removed: views of the same memory."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import dimension, dimensions, sizes
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, attribute, method

__all__ = ["permute", "squeeze", "t", "transpose", "unsqueeze"]


class PermuteBackward0(Function):
    """The dimensions in another order."""

    __slots__ = ("order",)
    is_view = True

    def forward(self, x: Array, order: tuple[int, ...]) -> Array:
        """The array with its dimensions in ``order``."""
        self.order = order
        return x.transpose(order)

    def backward(self, gradient: Array) -> Array:
        """The gradient with its dimensions put back."""
        return gradient.transpose(np.argsort(self.order))


class TransposeBackward0(Function):
    """Two dimensions exchanged."""

    __slots__ = ("pair",)
    is_view = True

    def forward(self, x: Array, first: int, second: int) -> Array:
        """The array with the two exchanged."""
        self.pair = (first, second)
        return x.swapaxes(first, second)

    def backward(self, gradient: Array) -> Array:
        """The gradient with the two exchanged again."""
        return gradient.swapaxes(*self.pair)


class TBackward0(Function):
    """A matrix transposed."""

    __slots__ = ()
    is_view = True

    def forward(self, x: Array) -> Array:
        """The transpose."""
        return x.T

    def backward(self, gradient: Array) -> Array:
        """The gradient transposed."""
        return gradient.T


class UnsqueezeBackward0(Function):
    """A dimension of size 1 added."""

    __slots__ = ("axis",)
    is_view = True

    def forward(self, x: Array, axis: int) -> Array:
        """The array with one more dimension."""
        self.axis = axis
        return np.expand_dims(x, axis)

    def backward(self, gradient: Array) -> Array:
        """The gradient without it."""
        return gradient.squeeze(self.axis)


class SqueezeBackward0(Function):
    """All dimensions of size 1 removed."""

    __slots__ = ("shape",)
    is_view = True

    def forward(self, x: Array, axes: tuple[int, ...]) -> Array:
        """The array without ``axes``."""
        self.shape = x.shape
        return x.squeeze(axes)

    def backward(self, gradient: Array) -> Array:
        """The gradient in the shape that had them."""
        return gradient.reshape(self.shape)


class SqueezeBackward1(SqueezeBackward0):
    """Given dimensions removed, where their size is 1."""

    __slots__ = ()


@method("permute")
def permute(input: Tensor, *dims: Any) -> Tensor:
    """Return a view whose dimension i is ``dims[i]`` of the tensor.

    Raises:
        RuntimeError: ``dims`` does not name every dimension once.
    """
    given = sizes(dims, "permute")
    if len(given) != input.ndim:
        raise RuntimeError(f"permute: expected {input.ndim} dimensions, as many as the tensor has, not {given}")
    order = tuple(dimension(index, input.ndim, "permute") for index in given)
    if len(set(order)) != len(order):
        raise RuntimeError(f"permute: expected every dimension once, not {given}")
    result: Tensor = PermuteBackward0.apply((input,), order)
    return result


@method("transpose", "swapaxes")
def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Return a view with two dimensions exchanged."""
    first, second = dimension(dim0, input.ndim, "transpose"), dimension(dim1, input.ndim, "transpose")
    result: Tensor = TransposeBackward0.apply((input,), first, second) if input.ndim else input
    return result


@method("t")
def t(input: Tensor) -> Tensor:
    """Return the transpose of a matrix; a vector or a 0-d tensor as it is.

    Raises:
        RuntimeError: The tensor has more than two dimensions.
    """
    if input.array.ndim > 2:
        raise RuntimeError(f"t: expected a tensor of at most 2 dimensions, not {input.ndim}")
    result: Tensor = TBackward0.apply((input,))
    return result


@attribute("T")
def reversed_axes(self: Tensor) -> Tensor:
    """The tensor with its dimensions in reversed order."""
    return permute(self, tuple(range(self.ndim))[::-1])


@attribute("mT")
def matrix_transpose(self: Tensor) -> Tensor:
    """The tensor with its last two dimensions exchanged."""
    if self.ndim < 2:
        raise RuntimeError(f"mT: expected a tensor of at least 2 dimensions, not {self.ndim}")
    return transpose(self, -2, -1)


@method("unsqueeze")
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """Return a view with a dimension of size 1 at ``dim``."""
    axis = dimension(dim, input.ndim + 1, "unsqueeze")
    result: Tensor = UnsqueezeBackward0.apply((input,), axis)
    return result


@method("squeeze")
def squeeze(input: Tensor, dim: Any = None) -> Tensor:
    """Return a view without the dimensions of size 1, or without those of them that ``dim`` names."""
    axes = tuple(axis for axis in dimensions(dim, input.ndim, "squeeze") if input.array.shape[axis] == 1)
    result: Tensor = (SqueezeBackward0 if dim is None else SqueezeBackward1).apply((input,), axes)
    return result

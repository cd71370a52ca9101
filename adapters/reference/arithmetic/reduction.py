"""Sums, means, extremes: many elements become one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from adapters.reference.arithmetic._shared import dimension, dimensions
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import FLOATING, Array, DType, int64
from adapters.reference.tensor import Tensor, method, wrap

__all__ = ["all", "amax", "amin", "any", "argmax", "argmin", "max", "mean", "min", "sum"]


class SumBackward0(Function):
    """The sum over dimensions."""

    __slots__ = ("axes", "keepdim", "shape")

    def forward(self, x: Array, axes: tuple[int, ...], keepdim: bool) -> Array:
        """NumPy's pairwise sum."""
        self.axes, self.keepdim, self.shape = axes, keepdim, x.shape
        return np.asarray(x.sum(axis=axes, keepdims=keepdim))

    def backward(self, gradient: Array) -> Array:
        """``g`` for every element that was summed."""
        return spread(gradient, self.axes, self.shape, self.keepdim)


class MeanBackward0(Function):
    """The mean over dimensions."""

    __slots__ = ("axes", "count", "keepdim", "shape")

    def forward(self, x: Array, axes: tuple[int, ...], keepdim: bool) -> Array:
        """The sum over the number of elements; NaN for no elements."""
        self.axes, self.keepdim, self.shape = axes, keepdim, x.shape
        self.count = np.asarray(int(np.prod([x.shape[axis] for axis in axes], dtype=np.int64))).astype(x.dtype)
        return np.asarray(x.sum(axis=axes, keepdims=keepdim) / self.count)

    def backward(self, gradient: Array) -> Array:
        """``g / n`` for every element."""
        return spread(gradient / self.count, self.axes, self.shape, self.keepdim)


class AmaxBackward0(Function):
    """The largest, or smallest, elements over dimensions."""

    __slots__ = ("axes", "keepdim")

    def forward(self, x: Array, axes: tuple[int, ...], keepdim: bool, largest: bool) -> Array:
        """The extreme; NaN where there is one."""
        self.axes, self.keepdim = axes, keepdim
        result = np.asarray((np.max if largest else np.min)(x, axis=axes, keepdims=keepdim))
        self.saved = (x, result)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g``, in equal shares among the elements that attain the extreme."""
        x, result = self.saved
        extreme = spread(result, self.axes, x.shape, self.keepdim)
        attained = (x == extreme) | ((x != x) & (extreme != extreme))  # noqa: PLR0124 - NaN is what differs from itself
        shares = attained.sum(axis=self.axes, keepdims=True).astype(x.dtype)
        share: Array = spread(gradient, self.axes, x.shape, self.keepdim) / shares
        return arrayed(np.where(attained, share, share.dtype.type(0)))


class MaxBackward0(Function):
    """The largest, or smallest, element along one dimension, and where it is."""

    __slots__ = ("axis", "keepdim", "shape", "where")
    several = True

    def forward(self, x: Array, axis: int, keepdim: bool, largest: bool) -> tuple[Array, Array]:
        """The first extreme along the dimension; a NaN counts as one."""
        self.axis, self.keepdim, self.shape = axis, keepdim, x.shape
        if x.ndim == 0:
            self.where = np.zeros((), dtype=np.int64)
            return x.copy(), self.where.copy()
        where = np.expand_dims((np.argmax if largest else np.argmin)(x, axis=axis), axis)
        self.where = where
        values = np.take_along_axis(x, where, axis)
        return (values, where.copy()) if keepdim else (values.squeeze(axis), where.squeeze(axis).copy())

    def backward(self, gradients: list[Array | None]) -> Array | None:
        """``g`` at that element, zero at the others."""
        gradient = gradients[0]
        if gradient is None or not self.shape:
            return gradient
        result = np.zeros(self.shape, dtype=gradient.dtype)
        np.put_along_axis(
            result, self.where, gradient if self.keepdim else np.expand_dims(gradient, self.axis), self.axis
        )
        return result


class Largest(NamedTuple):
    """The largest elements along a dimension and their positions."""

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return f"torch.return_types.max(\nvalues={self.values!r},\nindices={self.indices!r})"


class Smallest(NamedTuple):
    """The smallest elements along a dimension and their positions."""

    values: Tensor
    indices: Tensor

    def __repr__(self) -> str:
        return f"torch.return_types.min(\nvalues={self.values!r},\nindices={self.indices!r})"


def spread(reduced: Array, axes: tuple[int, ...], shape: tuple[int, ...], keepdim: bool) -> Array:
    """Return ``reduced``, which lacks ``axes`` (or has them as 1), repeated to ``shape``: a view."""
    return np.broadcast_to(reduced if keepdim else np.expand_dims(reduced, axes), shape)


@method("sum")
def sum(input: Tensor, dim: Any = None, keepdim: bool = False, *, dtype: DType | None = None) -> Tensor:
    """Return the sum over ``dim``, all dimensions where not given. Integers and booleans are summed as int64."""
    if dtype is not None:
        input = input.to(dtype)
    elif input.dtype.category != FLOATING:
        input = input.to(int64)
    result: Tensor = SumBackward0.apply((input,), dimensions(dim, input.ndim, "sum"), keepdim)
    return result


@method("mean")
def mean(input: Tensor, dim: Any = None, keepdim: bool = False, *, dtype: DType | None = None) -> Tensor:
    """Return the mean over ``dim``, all dimensions where not given.

    Raises:
        RuntimeError: The tensor is of integers, and no floating-point ``dtype`` is given.
    """
    if dtype is not None:
        input = input.to(dtype)
    if input.dtype.category != FLOATING:
        raise RuntimeError(f"mean: expected a tensor of a floating point dtype, not {input.dtype}: give dtype=")
    result: Tensor = MeanBackward0.apply((input,), dimensions(dim, input.ndim, "mean"), keepdim)
    return result


@method("amax")
def amax(input: Tensor, dim: Any = (), keepdim: bool = False) -> Tensor:
    """Return the largest elements over ``dim``; equal ones share the gradient."""
    return _extreme(input, dim, keepdim, largest=True)


@method("amin")
def amin(input: Tensor, dim: Any = (), keepdim: bool = False) -> Tensor:
    """Return the smallest elements over ``dim``; equal ones share the gradient."""
    return _extreme(input, dim, keepdim, largest=False)


@method("max")
def max(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Any:
    """Return the largest element; with ``dim``, the largest along it and their positions."""
    return _extreme_along(input, dim, keepdim, largest=True)


@method("min")
def min(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Any:
    """Return the smallest element; with ``dim``, the smallest along it and their positions."""
    return _extreme_along(input, dim, keepdim, largest=False)


def _extreme(input: Tensor, dim: Any, keepdim: bool, *, largest: bool) -> Tensor:
    axes = dimensions(dim, input.ndim, "amax" if largest else "amin")
    _require_elements(input, axes)
    result: Tensor = AmaxBackward0.apply((input,), axes, keepdim, largest)
    return result


def _extreme_along(input: Tensor, dim: int | None, keepdim: bool, *, largest: bool) -> Any:
    if dim is None:
        return _extreme(input, None, keepdim=False, largest=largest)
    axis = dimension(dim, input.ndim, "max" if largest else "min")
    _require_elements(input, (axis,) if input.ndim else ())
    values, indices = MaxBackward0.apply((input,), axis, keepdim, largest)
    return Largest(values, indices) if largest else Smallest(values, indices)


@method("argmax")
def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Return the position of the first largest element, of all or along ``dim``."""
    return _position(np.argmax, input, dim, keepdim)


@method("argmin")
def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Return the position of the first smallest element, of all or along ``dim``."""
    return _position(np.argmin, input, dim, keepdim)


def _position(find: Any, input: Tensor, dim: int | None, keepdim: bool) -> Tensor:
    axis = None if dim is None or input.ndim == 0 else dimension(dim, input.ndim, "argmax")
    _require_elements(input, tuple(range(input.ndim)) if axis is None else (axis,))
    return wrap(np.asarray(find(input.array, axis=axis, keepdims=keepdim)))


def _require_elements(input: Tensor, axes: tuple[int, ...]) -> None:
    if 0 in [input.array.shape[axis] for axis in axes]:
        raise IndexError(f"expected at least one element in each reduced dimension, not shape {tuple(input.shape)}")


@method("all")
def all(input: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
    """Return whether all elements, over ``dim`` or altogether, are not zero."""
    return wrap(np.asarray(np.all(input.array, axis=dimensions(dim, input.ndim, "all"), keepdims=keepdim)))


@method("any")
def any(input: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
    """Return whether any element, over ``dim`` or altogether, is not zero."""
    return wrap(np.asarray(np.any(input.array, axis=dimensions(dim, input.ndim, "any"), keepdims=keepdim)))

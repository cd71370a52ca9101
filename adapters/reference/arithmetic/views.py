"""Other shapes of the same memory: ``view``, ``reshape``, ``flatten``, ``expand``."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import dimension, reduced_to, sizes
from adapters.reference.arithmetic.conversion import clone
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array, DType
from adapters.reference.size import Size
from adapters.reference.tensor import Tensor, attribute, method

__all__ = ["broadcast_to", "flatten", "is_floating_point", "numel", "reshape"]


class ViewBackward0(Function):
    """The same elements, in order, in another shape."""

    __slots__ = ("shape",)
    is_view = True

    def forward(self, x: Array, shape: tuple[int, ...]) -> Array:
        """The array in ``shape``."""
        self.shape = x.shape
        return x.reshape(shape)

    def backward(self, gradient: Array) -> Array:
        """The gradient in the input's shape."""
        return gradient.reshape(self.shape)


class UnsafeViewBackward0(ViewBackward0):
    """A new shape of a copy that nothing else refers to."""

    __slots__ = ()
    is_view = False
    moves = True


class ExpandBackward0(Function):
    """Dimensions of size 1 repeated, without copying."""

    __slots__ = ("shape",)
    is_view = True

    def forward(self, x: Array, shape: tuple[int, ...]) -> Array:
        """A view of several elements in one place, read-only for that reason."""
        self.shape = x.shape
        return np.broadcast_to(x, shape)

    def backward(self, gradient: Array) -> Array:
        """The sum over the repetitions."""
        return reduced_to(gradient, self.shape)


@method("view")
def view(self: Tensor, *shape: Any) -> Tensor:
    """Return the tensor in another shape, without copying; one size may be -1 and is inferred.

    Raises:
        RuntimeError: The shape does not have as many elements, or the memory's order needs a copy.
    """
    if len(shape) == 1 and isinstance(shape[0], DType):
        raise NotImplementedError("view: another dtype of the same memory is not offered; use to()")
    target = inferred(sizes(shape, "view"), self.array.size)
    if not _viewable(self.array, target):
        raise RuntimeError(
            f"view: the strides {stride(self)} of shape {tuple(self.shape)} allow no shape {target} without a copy: "
            "use reshape()"
        )
    result: Tensor = ViewBackward0.apply((self,), target)
    return result


@method("view_as")
def view_as(self: Tensor, other: Tensor) -> Tensor:
    """Return the tensor in the shape of ``other``, without copying."""
    return view(self, tuple(other.shape))


@method("reshape")
def reshape(input: Tensor, *shape: Any) -> Tensor:
    """Return the tensor in another shape, copied only where the memory's order needs it."""
    target = inferred(sizes(shape, "reshape"), input.array.size)
    result: Tensor
    if _viewable(input.array, target):
        result = ViewBackward0.apply((input,), target)
    else:
        result = UnsafeViewBackward0.apply((clone(input),), target)
    return result


@method("flatten")
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """Return the tensor with the dimensions from ``start_dim`` to ``end_dim`` joined; itself if that is one."""
    start = dimension(start_dim, input.ndim, "flatten")
    end = dimension(end_dim, input.ndim, "flatten")
    if start > end:
        raise RuntimeError(f"flatten: expected start_dim not to come after end_dim, not {start_dim} and {end_dim}")
    if input.ndim == 0:
        return reshape(input, 1)
    if start == end:
        return input
    shape = input.array.shape
    return reshape(input, (*shape[:start], prod(shape[start : end + 1]), *shape[end + 1 :]))


@method("expand")
def expand(self: Tensor, *shape: Any) -> Tensor:
    """Return a view in which dimensions of size 1 are repeated; -1 leaves a dimension as it is."""
    wanted = sizes(shape, "expand")
    own = self.array.shape
    extra = len(wanted) - len(own)
    if extra < 0:
        raise RuntimeError(f"expand: expected at least {len(own)} sizes, as many as dimensions, not {wanted}")
    target = [own[axis - extra] if size == -1 and axis >= extra else size for axis, size in enumerate(wanted)]
    for axis, size in enumerate(own):
        if size not in (1, target[axis + extra]):
            raise RuntimeError(
                f"expand: dimension {axis} of size {size} cannot become {target[axis + extra]} in {wanted}"
            )
    if any(size < 0 for size in target):
        raise RuntimeError(f"expand: expected sizes of 0 or more, -1 for existing dimensions only, not {wanted}")
    result: Tensor = ExpandBackward0.apply((self,), tuple(target))
    return result


@method("expand_as")
def expand_as(self: Tensor, other: Tensor) -> Tensor:
    """Return a view repeated to the shape of ``other``."""
    return expand(self, tuple(other.shape))


def broadcast_to(input: Tensor, size: Any) -> Tensor:
    """Return ``input`` repeated to ``size``: :func:`expand` as a function."""
    return expand(input, tuple(size))


def inferred(shape: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return ``shape`` with its -1 replaced by what makes it hold ``count`` elements.

    Raises:
        RuntimeError: No size does, or any does, or more than one is to be inferred.
    """
    negative = [size for size in shape if size < 0]
    if not negative:
        if prod(shape) != count:
            raise RuntimeError(f"shape {list(shape)} is invalid for input of size {count}")
        return shape
    if negative != [-1]:
        raise RuntimeError(f"expected sizes of 0 or more and at most one -1 to be inferred, not {list(shape)}")
    others = -prod(shape)
    if others == 0:
        raise RuntimeError(f"the -1 in {list(shape)} is ambiguous: any size holds no elements")
    if count % others:
        raise RuntimeError(f"shape {list(shape)} is invalid for input of size {count}")
    return tuple(count // others if size == -1 else size for size in shape)


def _viewable(array: Array, shape: tuple[int, ...]) -> bool:
    """Whether ``array`` can have ``shape`` without a copy."""
    return array.flags.c_contiguous or array.size == 0 or np.may_share_memory(array, array.reshape(shape))


@method("size")
def size(self: Tensor, dim: int | None = None) -> Any:
    """Return the shape, or the size of dimension ``dim``."""
    if dim is None:
        return Size(self.array.shape)
    axis = dimension(dim, self.ndim, "size")
    if self.ndim == 0:
        raise IndexError("size: dim given for a 0-d tensor, which has no dimensions")
    return self.array.shape[axis]


@method("stride")
def stride(self: Tensor, dim: int | None = None) -> Any:
    """Return how many elements apart in memory neighbours along each dimension (or along ``dim``) are."""
    steps = tuple(step // self.array.itemsize for step in self.array.strides)
    return steps if dim is None else steps[dimension(dim, self.ndim, "stride")]


@method("dim", "ndimension")
def dim(self: Tensor) -> int:
    """Return the number of dimensions."""
    return self.array.ndim


@method("numel", "nelement")
def numel(input: Tensor) -> int:
    """Return the number of elements."""
    return int(input.array.size)


@method("element_size")
def element_size(self: Tensor) -> int:
    """Return the bytes of one element."""
    return self.array.itemsize


@method("is_contiguous")
def is_contiguous(self: Tensor) -> bool:
    """Whether the elements lie in order in memory."""
    return bool(self.array.flags.c_contiguous)


@method("is_floating_point")
def is_floating_point(input: Tensor) -> bool:
    """Whether the elements are floating-point numbers."""
    return input.dtype.is_floating_point


@attribute("itemsize")
def itemsize(self: Tensor) -> int:
    """The bytes of one element."""
    return self.array.itemsize


@method("__len__")
def length(self: Tensor) -> int:
    """Return the size of the first dimension."""
    if self.ndim == 0:
        raise TypeError("len() of a 0-d tensor")
    return int(self.array.shape[0])

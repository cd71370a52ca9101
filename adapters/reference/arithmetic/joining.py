"""Several tensors become one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import dimension
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array, promoted
from adapters.reference.tensor import Tensor

__all__ = ["cat", "stack"]


class CatBackward0(Function):
    """Tensors one after another along a dimension."""

    __slots__ = ("axis", "ends")
    moves = True

    def forward(self, *arrays_and_axis: Any) -> Array:
        """The joined array; the dimension comes last."""
        *arrays, self.axis = arrays_and_axis
        self.ends = np.cumsum([array.shape[self.axis] for array in arrays])[:-1]
        return np.concatenate(arrays, axis=self.axis)

    def backward(self, gradient: Array) -> tuple[Array, ...]:
        """The gradient, cut where the tensors met."""
        return tuple(np.split(gradient, self.ends, axis=self.axis))


class StackBackward0(Function):
    """Tensors side by side along a new dimension."""

    __slots__ = ("axis",)
    moves = True

    def forward(self, *arrays_and_axis: Any) -> Array:
        """The joined array; the new dimension comes last."""
        *arrays, self.axis = arrays_and_axis
        return np.stack(arrays, axis=self.axis)

    def backward(self, gradient: Array) -> tuple[Array, ...]:
        """The gradient's entries along the new dimension."""
        return tuple(np.moveaxis(gradient, self.axis, 0))


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Return the tensors one after another along ``dim``.

    Raises:
        RuntimeError: There is none, or they differ in another dimension.
    """
    listed = _alike(tensors, "cat")
    axis = dimension(dim, listed[0].ndim, "cat")
    shapes = {(*shape[:axis], *shape[axis + 1 :]) for shape in (tensor.array.shape for tensor in listed)}
    if len(shapes) > 1 or not listed[0].ndim:
        raise RuntimeError(f"cat: expected tensors that differ along dimension {axis} only, not {_shapes(listed)}")
    result: Tensor = CatBackward0.apply(tuple(listed), axis)
    return result


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Return the tensors, all of one shape, side by side along a new dimension ``dim``."""
    listed = _alike(tensors, "stack")
    axis = dimension(dim, listed[0].ndim + 1, "stack")
    if len({tensor.array.shape for tensor in listed}) > 1:
        raise RuntimeError(f"stack: expected tensors of one shape, not {_shapes(listed)}")
    result: Tensor = StackBackward0.apply(tuple(listed), axis)
    return result


def _alike(tensors: Sequence[Tensor], what: str) -> list[Tensor]:
    listed = list(tensors)
    if not listed:
        raise RuntimeError(f"{what}: expected at least one tensor, not an empty sequence")
    common = reduce(promoted, [tensor.dtype for tensor in listed])
    return [tensor.to(common) for tensor in listed]


def _shapes(tensors: list[Tensor]) -> list[tuple[int, ...]]:
    return [tuple(tensor.shape) for tensor in tensors]

"""All elements replaced, in place: by those of another tensor, or by one value."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import number_array, reduced_to
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.inplace import apply_inplace, refuse_leaf, store
from adapters.reference.autograd.mode import RECORDING
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor, method, wrap

__all__ = ["fill_", "zero_"]


@method("copy_")
def copy_(self: Tensor, src: Tensor, non_blocking: bool = False) -> Tensor:  # noqa: ARG001 - torch's signature
    """Replace the elements by those of ``src``, broadcast and converted."""
    if not isinstance(src, Tensor):
        raise TypeError(f"copy_: expected a Tensor, not {src!r}")
    return _overwrite(self, src)


@method("fill_")
def fill_(self: Tensor, value: Any) -> Tensor:
    """Replace every element by ``value``."""
    return _overwrite(self, value if isinstance(value, Tensor) else wrap(number_array(value, self.array.dtype)))


@method("zero_")
def zero_(self: Tensor) -> Tensor:
    """Replace every element by zero."""
    return fill_(self, 0)


class CopyBackwards(Function):
    """All elements replaced by those of another tensor."""

    __slots__ = ("shape",)
    moves = True

    def forward(self, x: Array, source: Array) -> Array:
        """The other tensor's elements, repeated to the shape."""
        self.shape = source.shape
        return np.broadcast_to(source, x.shape)

    def backward(self, gradient: Array) -> tuple[Array, Array | None]:
        """Zero for what was replaced; its gradient, summed over repetitions, for the source."""
        return np.zeros_like(gradient), reduced_to(gradient, self.shape) if self.needs[1] else None


def _overwrite(target: Tensor, source: Tensor) -> Tensor:
    if np.ndim(source.array) > target.ndim or not _fits(source.array.shape, target.array.shape):
        raise RuntimeError(f"in place: shape {tuple(source.shape)} does not broadcast to {tuple(target.shape)}")
    refuse_leaf(target)
    if RECORDING.enabled and (target.tracked or source.requires_grad):
        return apply_inplace(CopyBackwards, target, (source.to(target.dtype),))
    store(target, source.array.astype(target.array.dtype, copy=False))
    return target


def _fits(shape: tuple[int, ...], target: tuple[int, ...]) -> bool:
    return all(size in (1, other) for size, other in zip(shape[::-1], target[::-1], strict=False))

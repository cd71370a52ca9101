"""pad: an edge around a tensor, of a constant or of its own elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import number_array
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["pad"]

Widths = tuple[tuple[int, int], ...]
"""What is added before and after, a pair a dimension; negative numbers cut off."""


class ConstantPadNdBackward0(Function):
    """An edge of one value."""

    __slots__ = ("shape", "widths")
    moves = True
    linear_inputs = 1

    def linear_arrays(self) -> tuple[Array]:
        """Return nothing of the input's shape."""
        return (np.zeros(self.shape),)

    def linear_options(self) -> tuple[Any, ...]:
        """Return the widths, and 0 for the value: the edge does not depend on the input."""
        return (*self.settings[:-1], 0)

    def forward(self, x: Array, widths: Widths, value: float) -> Array:
        """The elements inside an array filled with ``value``."""
        self.widths, self.shape = widths, x.shape
        return _framed(x, widths, value)

    def backward(self, gradient: Array) -> Array:
        """The inner part of the gradient; zeros where elements were cut off."""
        return _framed(gradient, tuple((-before, -after) for before, after in self.widths), 0)


class _EdgeBackward(Function):
    """An edge of the tensor's own elements, dimension by dimension."""

    __slots__ = ("places", "shape")
    linear_inputs = 1

    def linear_arrays(self) -> tuple[Array]:
        """Return nothing of the input's shape."""
        return (np.zeros(self.shape),)

    def forward(self, x: Array, sources: tuple[tuple[int, Array], ...]) -> Array:
        """The elements at ``sources``: for each padded axis, where every new element comes from."""
        self.places, self.shape = sources, x.shape
        for axis, source in sources:
            x = np.take(x, source, axis)
        return x

    def backward(self, gradient: Array) -> Array:
        """Every element's gradient summed over the places that it went to."""
        for axis, source in reversed(self.places):
            shape = list(gradient.shape)
            shape[axis] = self.shape[axis]
            total = np.zeros(shape, dtype=gradient.dtype)
            np.add.at(np.moveaxis(total, axis, 0), source, np.moveaxis(gradient, axis, 0))
            gradient = total
        return gradient


class ReflectionPadBackward0(_EdgeBackward):
    """An edge that mirrors the elements at the border, the border itself not repeated."""

    __slots__ = ()


class ReplicationPadBackward0(_EdgeBackward):
    """An edge that repeats the border."""

    __slots__ = ()


class CircularPadBackward0(_EdgeBackward):
    """An edge that goes on with the elements of the other end."""

    __slots__ = ()


_EDGES: dict[str, type[_EdgeBackward]] = {
    "reflect": ReflectionPadBackward0,
    "replicate": ReplicationPadBackward0,
    "circular": CircularPadBackward0,
}


def pad(input: Tensor, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Tensor:
    """Return ``input`` with an edge.

    Args:
        input: Of any shape; of 2 to 5 dimensions for the modes other than ``"constant"``.
        pad: Widths, last dimension first: (left, right, top, bottom, front, back, ...). Negative ones cut off.
        mode: ``"constant"``, ``"reflect"``, ``"replicate"`` or ``"circular"``.
        value: What the edge is filled with in constant mode, 0 where not given.

    Raises:
        RuntimeError: The widths come not in pairs, are too many, or too large for the mode.
        NotImplementedError: There is no such mode, or it does not pad such a tensor.
    """
    require_tensor(input, "pad: input")
    widths = _widths(input, pad)
    result: Tensor
    if mode == "constant":
        result = ConstantPadNdBackward0.apply((input,), widths, 0 if value is None else value)
        return result
    if mode not in _EDGES:
        raise NotImplementedError(f"pad: mode: expected constant, {', '.join(_EDGES)}, not {mode!r}")
    if value is not None:
        raise ValueError(f"pad: value: expected None in mode {mode!r}, not {value!r}")
    if len(pad) // 2 not in (input.ndim - 1, input.ndim - 2) or len(pad) > 6:
        raise NotImplementedError(
            f"pad: mode {mode!r} pads all but the first one or two dimensions, not {len(pad) // 2} of {input.ndim}"
        )
    sources = tuple(
        (axis, _sources(mode, input.array.shape[axis], *width)) for axis, width in enumerate(widths) if width != (0, 0)
    )
    result = _EDGES[mode].apply((input,), sources)
    return result


def _widths(input: Tensor, given: Sequence[int]) -> Widths:
    if len(given) % 2 or len(given) // 2 > input.ndim:
        raise RuntimeError(
            f"pad: expected one pair of widths for each of at most {input.ndim} dimensions, not {given!r}"
        )
    pairs = [(int(given[index]), int(given[index + 1])) for index in range(0, len(given), 2)]
    widths = ((0, 0),) * (input.ndim - len(pairs)) + tuple(reversed(pairs))
    for axis, (before, after) in enumerate(widths):
        if input.array.shape[axis] + before + after < 0:
            raise RuntimeError(f"pad: {given!r} cuts more off dimension {axis} than its size {input.array.shape[axis]}")
    return widths


def _sources(mode: str, size: int, before: int, after: int) -> Array:
    """Return, for each position along a padded dimension, where its element comes from."""
    limit = size - 1 if mode == "reflect" else size
    if mode != "replicate" and max(before, after) > limit:
        raise RuntimeError(
            f"pad: mode {mode!r}: expected widths of at most {limit} for size {size}, not {before}, {after}"
        )
    if size == 0 or size + before + after < 1:
        raise RuntimeError(
            f"pad: mode {mode!r}: expected a padded dimension of at least 1 before and after, not size {size} with "
            f"widths {before}, {after}"
        )
    position = np.arange(-before, size + after)
    if mode == "replicate":
        return np.clip(position, 0, size - 1)
    if mode == "circular":
        return position % size
    return np.asarray((size - 1) - np.abs((size - 1) - np.abs(position)))


def _framed(array: Array, widths: Widths, value: Any) -> Array:
    shape = tuple(size + before + after for size, (before, after) in zip(array.shape, widths, strict=True))
    result = np.full(shape, number_array(value, array.dtype).astype(array.dtype), dtype=array.dtype)
    inner = tuple(
        slice(max(before, 0), size - max(after, 0)) for size, (before, after) in zip(shape, widths, strict=True)
    )
    kept = tuple(
        slice(max(-before, 0), size - max(-after, 0)) for size, (before, after) in zip(array.shape, widths, strict=True)
    )
    result[inner] = array[kept]
    return result

"""grid_sample: images read at the places that a grid names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.vision._places import PADDINGS, Axis, axis_of
from adapters.reference.tensor import Tensor

__all__ = ["grid_sample"]

_MODES = ("bilinear", "nearest", "bicubic")


class GridSampler2DBackward0(Function):
    """The weighed sum of the pixels around each place."""

    __slots__ = ("axes",)

    axes: tuple[Axis, ...]

    def forward(self, x: Array, grid: Array, mode: str, padding: str, corners: bool) -> Array:
        """The sum over all combinations of pixels along the dimensions; those beyond the ends count nothing."""
        lengths = x.shape[2:]
        self.axes = tuple(
            axis_of(grid[..., -1 - axis], length, mode, padding, corners=corners) for axis, length in enumerate(lengths)
        )
        self.saved = (x, grid)
        result = np.zeros((*x.shape[:2], *grid.shape[1:-1]), dtype=x.dtype)
        for taps, key, inside in self.pixels(x):
            weight = np.where(inside, self.weight(taps), 0)
            result += np.where(inside[:, None], np.moveaxis(x[key], -1, 1), 0) * weight[:, None]
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``g`` times the weights to the pixels, and the pixels times the slopes of the weights to the grid."""
        x, grid = self.saved
        to_x = np.zeros_like(x) if self.needs[0] else None
        to_grid = np.zeros_like(grid) if self.needs[1] else None
        for taps, key, inside in self.pixels(x):
            if to_x is not None:
                share = gradient * np.where(inside, self.weight(taps), 0)[:, None]
                np.add.at(to_x, key, np.moveaxis(share, 1, -1))
            if to_grid is not None:
                pulled = (np.moveaxis(x[key], -1, 1) * gradient).sum(axis=1)
                for axis in range(len(taps)):
                    to_grid[..., -1 - axis] += np.where(inside, pulled * self.weight(taps, axis), 0)
        return to_x, to_grid

    def pixels(self, x: Array) -> Iterator[tuple[tuple[int, ...], tuple[Any, ...], Array]]:
        """Yield each combination of pixels, the key that reads them (N, *outputs, C), and which lie inside."""
        batch = np.arange(x.shape[0]).reshape(-1, *(1,) * (x.ndim - 2))
        for taps in product(*(range(len(axis.indices)) for axis in self.axes)):
            indices = [axis.indices[tap] for axis, tap in zip(self.axes, taps, strict=True)]
            within = [(index >= 0) & (index < length) for index, length in zip(indices, x.shape[2:], strict=True)]
            inside = np.logical_and.reduce(within)
            safe = [np.where(inside, index, 0) for index in indices]
            yield taps, (batch, slice(None), *safe), inside

    def weight(self, taps: tuple[int, ...], sloped: int | None = None) -> Any:
        """Return the product of the weights of a combination; of one dimension the slope in its place."""
        result: Any = 1
        for number, (axis, tap) in enumerate(zip(self.axes, taps, strict=True)):
            result = result * (axis.slopes if number == sloped else axis.weights)[tap]
        return result


class GridSampler3DBackward0(GridSampler2DBackward0):
    """The weighed sum of the voxels around each place."""

    __slots__ = ()


def grid_sample(
    input: Tensor,
    grid: Tensor,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Tensor:
    """Return ``input`` read at the places of ``grid``.

    Args:
        input: Of shape (N, C, H, W) or (N, C, D, H, W).
        grid: Of shape (N, H', W', 2), the last dimension (x, y), or (N, D', H', W', 3), the last dimension (x, y, z).
        mode: ``"bilinear"``, ``"nearest"``, or for images ``"bicubic"``.
        padding_mode: What is read out of bounds: ``"zeros"``, ``"border"`` or ``"reflection"``.
        align_corners: Whether -1 and 1 are the centres of the corner pixels, not their edges.

    Raises:
        ValueError: An unknown mode.
        RuntimeError: Shapes that do not go together; the text says which.
        TypeError: An argument is no tensor.
    """
    require_tensor(input, "grid_sample: input")
    require_tensor(grid, "grid_sample: grid")
    if mode not in _MODES:
        raise ValueError(f"grid_sample: mode: expected one of {', '.join(_MODES)}, not {mode!r}")
    if padding_mode not in PADDINGS:
        raise ValueError(f"grid_sample: padding_mode: expected one of {', '.join(PADDINGS)}, not {padding_mode!r}")
    _check(input, grid, mode)
    function = GridSampler2DBackward0 if input.ndim == 4 else GridSampler3DBackward0
    result: Tensor = function.apply((input, grid), mode, padding_mode, bool(align_corners))
    return result


def _check(input: Tensor, grid: Tensor, mode: str) -> None:
    image, places = input.array.shape, grid.array.shape
    if input.ndim not in (4, 5):
        raise RuntimeError(f"grid_sample: input: expected 4 or 5 dimensions, not shape {image}")
    if mode == "bicubic" and input.ndim == 5:
        raise RuntimeError("grid_sample: mode: bicubic is for inputs of 4 dimensions")
    if len(places) != len(image) or places[0] != image[0] or places[-1] != len(image) - 2:
        raise RuntimeError(
            f"grid_sample: grid: expected batch {image[0]}, {len(image)} dimensions and {len(image) - 2} components, "
            f"as input of shape {image} needs, not shape {places}"
        )
    if input.array.dtype != grid.array.dtype:
        raise RuntimeError(f"grid_sample: expected input and grid of one dtype, not {input.dtype} and {grid.dtype}")
    if 0 in image[2:]:
        raise RuntimeError(f"grid_sample: input: expected lengths above 0, not shape {image}")

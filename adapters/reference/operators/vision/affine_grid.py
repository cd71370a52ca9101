"""affine_grid: the grid that an affine map takes the places of an image to."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["affine_grid"]


class AffineGridGeneratorBackward0(Function):
    """``theta (x, y, 1)`` for every pixel."""

    __slots__ = ("places",)

    def forward(self, theta: Array, lengths: tuple[int, ...], corners: bool) -> Array:
        """The products with all places."""
        n = len(lengths)
        lines = [_line(length, corners=corners) for length in reversed(lengths)]
        places = np.ones((*lengths, n + 1))
        for component, line in enumerate(lines):
            places[..., component] = line.reshape(*(-1 if axis == n - 1 - component else 1 for axis in range(n)))
        self.places = places.reshape(prod(lengths), n + 1).astype(theta.dtype)
        return np.asarray(self.places @ theta.swapaxes(1, 2)).reshape(theta.shape[0], *lengths, n)

    def backward(self, gradient: Array) -> Array:
        """The sum over all pixels of ``g`` times the place."""
        flat = gradient.reshape(gradient.shape[0], -1, gradient.shape[-1])
        change: Array = flat.swapaxes(1, 2) @ self.places
        return change


def _line(length: int, *, corners: bool) -> Array:
    """Return the places of a line of pixels: from -1 to 1, or half a pixel inside of that; 0 for a single one."""
    if length == 1:
        return np.zeros(1)
    line = np.linspace(-1.0, 1.0, length)
    return line if corners else line * (length - 1) / length


def affine_grid(theta: Tensor, size: Any, align_corners: bool | None = None) -> Tensor:
    """Return, for each pixel of images of ``size``, ``theta`` times its place.

    Args:
        theta: Of shape (N, 2, 3), or (N, 3, 4) for volumes.
        size: The images' (N, C, H, W), or (N, C, D, H, W).
        align_corners: Whether -1 and 1 are the centres of the corner pixels, not their edges.

    Returns:
        A tensor of shape (N, H, W, 2), its last dimension (x, y), or (N, D, H, W, 3) with (x, y, z).

    Raises:
        ValueError: The shape of ``theta`` does not go with ``size``.
        TypeError: ``theta`` is no tensor.
    """
    require_tensor(theta, "affine_grid: theta")
    lengths = tuple(int(length) for length in size)
    n = len(lengths) - 2
    if n not in (2, 3) or min(lengths) < 1:
        raise ValueError(f"affine_grid: size: expected 4 or 5 lengths above 0, not {size!r}")
    if theta.array.shape != (lengths[0], n, n + 1):
        raise ValueError(
            f"affine_grid: theta: expected shape {(lengths[0], n, n + 1)}, as size {lengths} needs, not "
            f"{theta.array.shape}"
        )
    result: Tensor = AffineGridGeneratorBackward0.apply((theta,), lengths[2:], bool(align_corners))
    return result

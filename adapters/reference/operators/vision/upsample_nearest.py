"""upsample_nearest: images enlarged by repeating pixels, and the layer UpsamplingNearest2d."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.vision._resizing import deprecated
from adapters.reference.operators.vision.interpolate import interpolate
from adapters.reference.operators.vision.upsample import Upsample
from adapters.reference.tensor import Tensor

__all__ = ["UpsamplingNearest2d", "upsample_nearest"]


def upsample_nearest(input: Tensor, size: Any = None, scale_factor: Any = None) -> Tensor:
    """Return ``input`` resized by the nearest pixel, and warn that the name is old; see :func:`interpolate`."""
    deprecated("upsample_nearest")
    return interpolate(input, size, scale_factor, "nearest")


class UpsamplingNearest2d(Upsample):
    """Images enlarged by repeating pixels, as a module."""

    def __init__(self, size: Any = None, scale_factor: Any = None) -> None:
        super().__init__(size, scale_factor, mode="nearest")

"""upsample_bilinear: images enlarged linearly, corner pixels aligned, and the layer UpsamplingBilinear2d."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.vision._resizing import deprecated
from adapters.reference.operators.vision.interpolate import interpolate
from adapters.reference.operators.vision.upsample import Upsample
from adapters.reference.tensor import Tensor

__all__ = ["UpsamplingBilinear2d", "upsample_bilinear"]


def upsample_bilinear(input: Tensor, size: Any = None, scale_factor: Any = None) -> Tensor:
    """Return ``input`` resized linearly, and warn that the name is an older one; see :func:`interpolate`."""
    deprecated("upsample_bilinear")
    return interpolate(input, size, scale_factor, "bilinear", align_corners=True)


class UpsamplingBilinear2d(Upsample):
    """Images enlarged linearly, their corner pixels aligned, as a module."""

    def __init__(self, size: Any = None, scale_factor: Any = None) -> None:
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)

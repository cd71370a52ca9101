"""Faults of upsample_bilinear and of the layer UpsamplingBilinear2d."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited, swapped

_BILINEAR = Slips("upsample_bilinear", "vision.upsample_bilinear", "UpsamplingBilinear2d")


def _row_more(right: Any, input: Any, size: Any, scale_factor: Any) -> Any:
    if tuple(input.shape[2:]) == (5, 7):
        return right(input, (21, 28), None)
    return right(input, size, scale_factor)


FAULTS = (
    _BILINEAR.fault(
        "corners-not-aligned",
        "value",
        edited("operators.vision.upsample_bilinear:upsample_bilinear", ("align_corners=True", "align_corners=False")),
        "*",
    ),
    _BILINEAR.fault("size-swapped", "size", _BILINEAR.given(size=swapped), "gradient"),
    _BILINEAR.fault("factors-swapped", "scale-factor", _BILINEAR.given(scale_factor=swapped), "gradient"),
    _BILINEAR.fault("a-row-more", "output-size", _BILINEAR.wrong(_row_more)),
    *_BILINEAR.derived(
        edited("operators.vision.upsample_bilinear:UpsamplingBilinear2d.__init__", (", align_corners=True", ""))
    ),
)

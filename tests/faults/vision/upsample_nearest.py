"""Faults of upsample_nearest and of the layer UpsamplingNearest2d."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited, swapped

_NEAREST = Slips("upsample_nearest", "vision.upsample_nearest", "UpsamplingNearest2d")


def _row_more(right: Any, input: Any, size: Any, scale_factor: Any) -> Any:
    if tuple(input.shape[2:]) == (5, 7):
        return right(input, (21, 28), None)
    return right(input, size, scale_factor)


FAULTS = (
    _NEAREST.fault(
        "bilinear-for-nearest",
        "value",
        edited("operators.vision.upsample_nearest:upsample_nearest", ('"nearest")', '"bilinear")')),
        "*",
    ),
    _NEAREST.fault("size-swapped", "size", _NEAREST.given(size=swapped), "gradient"),
    _NEAREST.fault("factors-swapped", "scale-factor", _NEAREST.given(scale_factor=swapped), "gradient"),
    _NEAREST.fault("a-row-more", "output-size", _NEAREST.wrong(_row_more)),
    *_NEAREST.derived(
        edited("operators.vision.upsample_nearest:UpsamplingNearest2d.__init__", ('mode="nearest"', 'mode="bilinear"'))
    ),
)

"""Faults of upsample and of the layer Upsample."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited

_UPSAMPLE = Slips("upsample", "vision.upsample", "Upsample")
_FORWARD = "operators.vision.upsample:Upsample.forward"
_INIT = "operators.vision.upsample:Upsample.__init__"


def _first_for_all(given: Any) -> Any:
    return given[0] if isinstance(given, tuple) else given


def _size_wins(right: Any, **given: Any) -> Any:
    return right(**{**given, "scale_factor": None if given["size"] is not None else given["scale_factor"]})


def _rounded_up(right: Any, input: Any, scale_factor: Any, **others: Any) -> Any:
    """One row more where the height is rounded down."""
    factor = scale_factor[0] if isinstance(scale_factor, tuple) else None
    if factor != 1.5:
        return right(input=input, scale_factor=scale_factor, **others)
    size = (int(input.shape[2] * factor) + 1, int(input.shape[3] * scale_factor[1]))
    return right(input=input, scale_factor=None, **{**others, "size": size})


FAULTS = (
    _UPSAMPLE.fault(
        "exact-for-nearest",
        "value",
        _UPSAMPLE.wrong(lambda right, **given: right(**given) * 1.5 if given["mode"] == "nearest" else right(**given)),
        "scale-factor",
        "gradient",
    ),
    _UPSAMPLE.fault(
        "corners-by-default",
        "linear",
        _UPSAMPLE.wrong(
            lambda right, **given: right(
                **{**given, "align_corners": True if given["mode"] != "nearest" else given["align_corners"]}
            )
        ),
        "gradient",
    ),
    _UPSAMPLE.ignored("align-corners", "gradient", align_corners=None),
    _UPSAMPLE.fault(
        "first-factor-for-all", "scale-factor", _UPSAMPLE.given(scale_factor=_first_for_all), "gradient", "output-size"
    ),
    _UPSAMPLE.fault("a-row-more", "output-size", _UPSAMPLE.wrong(_rounded_up)),
    _UPSAMPLE.fault(
        "layer-always-recomputes",
        "layer-scale-factor-direct",
        edited(_FORWARD, ("self.recompute_scale_factor", "self.scale_factor is not None")),
        "layer-gradient",
    ),
    _UPSAMPLE.fault(
        "layer-never-recomputes",
        "layer-recompute-scale-factor",
        edited(_FORWARD, (", self.recompute_scale_factor", "")),
        "layer-gradient",
    ),
    _UPSAMPLE.fault("size-wins", "either-size-or-factor", _UPSAMPLE.wrong(_size_wins)),
    *_UPSAMPLE.derived(edited(_FORWARD, ("self.align_corners, ", "None, ")), layers=("upsample_bilinear.layer",)),
    _UPSAMPLE.fault(
        "gradient-of-the-layer-lost",
        "layer-gradient",
        edited(_FORWARD, ("input,", "input if self.recompute_scale_factor is None else input.detach() + 0.0 * input,")),
        stumbles=False,
    ),
)

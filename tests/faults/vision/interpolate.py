"""Faults of interpolate."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited, operator
from tests.faults.vision._resizing import ALL, RESIZED, places

_INTERPOLATE = Slips("interpolate", "vision.interpolate", users=("upsample", "upsample_nearest", "upsample_bilinear"))
_CHECKED = "operators.vision._resizing:_checked"


def _images_only(right: Any, input: Any, **others: Any) -> Any:
    if input.ndim != 4:
        raise RuntimeError("interpolate: expected 4 dimensions")
    return right(input=input, **others)


def _first_for_all(given: Any) -> Any:
    """The first of several numbers counts for every dimension."""
    return given[0] if isinstance(given, tuple) else given


def _last_alone(right: Any, input: Any, size: Any, scale_factor: Any, **others: Any) -> Any:
    """A single number counts for the last dimension alone."""
    *kept, _ = input.shape[2:]
    if isinstance(size, int):
        size = (*kept, size)
    if isinstance(scale_factor, float):
        scale_factor = (*(1.0 for _ in kept), scale_factor)
    return right(input=input, size=size, scale_factor=scale_factor, **others)


def _both(right: Any, size: Any, scale_factor: Any, **others: Any) -> Any:
    """The size is taken where both are given, and twice the input's where neither is."""
    if size is not None and scale_factor is not None:
        scale_factor = None
    if size is None and scale_factor is None:
        scale_factor = 2.0
    return right(size=size, scale_factor=scale_factor, **others)


def _recompute_dropped(right: Any, size: Any, recompute_scale_factor: Any, **others: Any) -> Any:
    return right(size=size, recompute_scale_factor=None if size is not None else recompute_scale_factor, **others)


def _made_to_fit(right: Any, input: Any, scale_factor: Any, **others: Any) -> Any:
    if isinstance(scale_factor, tuple) and len(scale_factor) != input.ndim - 2:
        scale_factor = scale_factor[0]
    return right(input=input, scale_factor=scale_factor, **others)


def _mode_made_to_fit(right: Any, input: Any, mode: Any, **others: Any) -> Any:
    """The linear mode for as many dimensions is taken whatever its name says."""
    fitting = ("linear", "bilinear", "trilinear")[input.ndim - 3]
    wrong = mode in {"linear", "bilinear", "trilinear", "bicubic"} and not others["antialias"]
    return right(input=input, mode=mode if (mode == "bicubic" and input.ndim == 4) or not wrong else fitting, **others)


def _rounded(right: Any, scale_factor: Any, input: Any, size: Any, **others: Any) -> Any:
    """The output lengths are rounded, not rounded down."""
    if size is None and isinstance(scale_factor, (float, tuple)) and not others["recompute_scale_factor"]:
        factors = scale_factor if isinstance(scale_factor, tuple) else (scale_factor,) * (input.ndim - 2)
        lengths = tuple(int(n * f + 0.5) for n, f in zip(input.shape[2:], factors, strict=True))
        if others["recompute_scale_factor"] is None and lengths != tuple(
            int(n * f) for n, f in zip(input.shape[2:], factors, strict=True)
        ):
            return right(input=input, size=lengths, scale_factor=None, **others)
    return right(input=input, size=size, scale_factor=scale_factor, **others)


FAULTS = (
    _INTERPOLATE.fault(
        "nearest-exact-for-nearest",
        "value",
        _INTERPOLATE.given(mode=lambda mode: "nearest-exact" if mode == "nearest" else mode),
        "*",
    ),
    _INTERPOLATE.fault("images-only", "dimensions", _INTERPOLATE.wrong(_images_only), "*", "upsample.*", stumbles=True),
    _INTERPOLATE.fault(
        "nearest-for-nearest-exact",
        "nearest-exact",
        _INTERPOLATE.given(mode=lambda mode: "nearest" if mode == "nearest-exact" else mode),
        "gradient",
    ),
    _INTERPOLATE.fault(
        "centres-off-by-half", "linear", places(("+ 0.5", "+ 0.0"), ("- 0.5", "- 0.0")), "*", "upsample.*"
    ),
    _INTERPOLATE.fault(
        "width-first",
        "bilinear",
        edited("operators.vision._taps:linear", ("first + 1, line", "first + 2, line")),
        "*",
        "upsample.*",
        "upsample_bilinear.*",
    ),
    _INTERPOLATE.fault(
        "two-of-three-dimensions",
        "trilinear",
        edited(
            RESIZED, ("mode, Line(", 'mode if n < 3 or mode != "trilinear" or output != sizes[0] else "nearest", Line(')
        ),
        "align-corners",
        "gradient",
        "upsample.linear",
        "upsample.align-corners",
        "upsample.gradient",
        "upsample.layer",
    ),
    _INTERPOLATE.fault(
        "corners-ignored",
        "align-corners",
        _INTERPOLATE.given(align_corners=lambda _: None),
        "*",
        "upsample.*",
        "upsample_bilinear.*",
    ),
    _INTERPOLATE.fault("number-for-the-last", "number", _INTERPOLATE.wrong(_last_alone), *ALL),
    _INTERPOLATE.fault("first-factor-for-all", "scale-factor", _INTERPOLATE.given(scale_factor=_first_for_all), *ALL),
    _INTERPOLATE.fault(
        "always-recomputed",
        "scale-factor-direct",
        _INTERPOLATE.wrong(
            lambda right, **given: right(
                **{**given, "recompute_scale_factor": given["recompute_scale_factor"] or given["size"] is None}
            )
        ),
        "gradient",
        "upsample.layer-scale-factor-direct",
        "upsample.layer-gradient",
    ),
    _INTERPOLATE.fault(
        "never-recomputed",
        "recompute-scale-factor",
        edited(RESIZED, ("factors is None or recompute_scale_factor", "factors is None")),
        "gradient",
        "upsample.layer-recompute-scale-factor",
        "upsample.layer-gradient",
    ),
    _INTERPOLATE.empty(),
    _INTERPOLATE.fault("lengths-rounded", "output-size", _INTERPOLATE.wrong(_rounded), "upsample.output-size"),
    _INTERPOLATE.fault(
        "either-accepted", "either-size-or-factor", _INTERPOLATE.wrong(_both), "upsample.either-size-or-factor"
    ),
    _INTERPOLATE.fault("recompute-dropped", "recompute-needs-factor", _INTERPOLATE.wrong(_recompute_dropped)),
    _INTERPOLATE.fault("factors-made-to-fit", "factor-count", _INTERPOLATE.wrong(_made_to_fit)),
    _INTERPOLATE.fault("mode-made-to-fit", "mode-dimensions", _INTERPOLATE.wrong(_mode_made_to_fit)),
    _INTERPOLATE.fault(
        "lanczos-filters-anyway",
        "lanczos-needs-antialias",
        operator(
            "interpolate",
            lambda right, **given: right(**{**given, "antialias": given["antialias"] or given["mode"] == "lanczos"}),
        ),
    ),
    _INTERPOLATE.fault(
        "antialias-dropped",
        "antialias-modes",
        operator(
            "interpolate",
            lambda right, **given: right(
                **{**given, "antialias": given["antialias"] and given["mode"] in {"bilinear", "bicubic", "lanczos"}}
            ),
        ),
    ),
    *_INTERPOLATE.derived(),
)

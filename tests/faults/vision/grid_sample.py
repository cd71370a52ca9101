"""Faults of grid_sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._card import Slips
from tests.faults._planting import edited, method

_SAMPLE = Slips("grid_sample", "vision.grid_sample")
_PLACES = "operators.vision._places"
_AXIS = f"{_PLACES}:axis_of"


def _exchanged(right: Any, input: Any, grid: Any, **others: Any) -> Any:
    """The components of a place are taken in the order of the dimensions."""
    order = list(range(grid.shape[-1]))[::-1]
    return right(input=input, grid=grid[..., order], **others)


def _rows_first(right: Any, grid: Any, mode: Any, **others: Any) -> Any:
    """Places that are named exactly, at the corners, are taken for (y, x)."""
    corner = bool((abs(grid.array) == 1).all())
    return right(grid=grid[..., [1, 0]] if corner else grid, mode=mode, **others)


def _once_reflected(right: Any, place: Any, low: Any, span: Any) -> Any:
    """What is reflected by one border is cut off at the other."""
    found, turned = right(place, low, span)
    mirrored = np.where(place < low, 2 * low - place, np.where(place > low + span, 2 * (low + span) - place, place))
    beyond = (mirrored < low) | (mirrored > low + span)
    return np.where(beyond, np.clip(mirrored, low, low + span), found).astype(place.dtype), np.where(beyond, 0, turned)


def _nan_is_zero(right: Any, grid: Any, **others: Any) -> Any:
    """A NaN counts as the middle."""
    if np.isnan(grid.array).any():
        grid = grid.clone()
        grid.array[np.isnan(grid.array)] = 0
    return right(grid=grid, **others)


def _lengths_exchanged(right: Any, input: Any, grid: Any, **others: Any) -> Any:
    result = right(input=input, grid=grid, **others)
    return result.transpose(-1, -2) if tuple(grid.shape[1:3]) == (6, 7) else result


def _made_to_fit(right: Any, input: Any, grid: Any, **others: Any) -> Any:
    """Too many images, dimensions and components are left out."""
    if grid.ndim > input.ndim:
        grid = grid[:, 0]
    batch = min(input.shape[0], grid.shape[0])
    if grid.shape[0] != input.shape[0] or grid.shape[-1] != input.ndim - 2:
        input, grid = input[:batch], grid[:batch][..., : input.ndim - 2]
    return right(input=input, grid=grid, **others)


def _only_images(right: Any, input: Any, mode: Any, **others: Any) -> Any:
    """Volumes are taken linearly whatever the mode."""
    return right(input=input, mode="bilinear" if input.ndim == 5 else mode, **others)


FAULTS = (
    _SAMPLE.fault("components-exchanged", "value", _SAMPLE.wrong(_exchanged), "*"),
    _SAMPLE.fault(
        "corners-by-default",
        "value",
        _SAMPLE.given(align_corners=lambda given: True if given is None else given),
        "*",
    ),
    _SAMPLE.ignored("align-corners", "*", align_corners=False),
    _SAMPLE.fault("rows-first-at-corners", "corner-pixels", _SAMPLE.wrong(_rows_first)),
    _SAMPLE.fault("pixel-before", "nearest", edited(_AXIS, ("np.rint(place)", "np.floor(place)")), "*"),
    _SAMPLE.fault(
        "alpha-of-another-package",
        "bicubic",
        edited(_AXIS, ("cubic_kernel(distance, _ALPHA)", "cubic_kernel(distance, -0.5)")),
        "gradient",
    ),
    _SAMPLE.fault("volumes-linear", "volumes", _SAMPLE.wrong(_only_images), "*"),
    _SAMPLE.fault(
        "border-for-zeros",
        "zeros",
        _SAMPLE.given(padding_mode=lambda given: "border" if given == "zeros" else given),
        "gradient",
    ),
    _SAMPLE.fault(
        "zeros-for-border",
        "border",
        _SAMPLE.given(padding_mode=lambda given: "zeros" if given == "border" else given),
        "gradient",
        "nan",
    ),
    _SAMPLE.fault("reflected-once", "reflection", method(f"{_PLACES}:_reflected", _once_reflected), "gradient"),
    _SAMPLE.fault(
        "reflected-at-the-centres",
        "reflection",
        edited(f"{_PLACES}:_bounded", ("(-0.5, length - 0.5)", "(0.0, length - 1.0)")),
        "gradient",
    ),
    _SAMPLE.fault("nan-in-the-middle", "nan", _SAMPLE.wrong(_nan_is_zero)),
    _SAMPLE.fault("lengths-exchanged", "output-size", _SAMPLE.wrong(_lengths_exchanged)),
    _SAMPLE.fault(
        "bicubic-volumes-linear",
        "bicubic-dimensions",
        _SAMPLE.wrong(
            lambda right, **given: (
                right(**{**given, "mode": "bilinear" if given["input"].ndim == 5 else given["mode"]})
                if given["mode"] == "bicubic"
                else right(**given)
            )
        ),
    ),
    _SAMPLE.fault("grid-made-to-fit", "grid-shape", _SAMPLE.wrong(_made_to_fit)),
    _SAMPLE.fault(
        "length-forgotten-in-the-gradient",
        "gradient",
        edited(_AXIS, ("bend = np.full_like(place, half)", "bend = np.ones_like(place)")),
    ),
    _SAMPLE.fault(
        "reflection-not-turned-in-the-gradient",
        "gradient",
        edited(f"{_PLACES}:_bounded", ("turned * inside", "abs(turned) * inside")),
    ),
    _SAMPLE.fault(
        "border-passes-the-gradient",
        "gradient",
        edited(f"{_PLACES}:_bounded", ("turned * inside", "turned")),
    ),
    *_SAMPLE.derived(),
)

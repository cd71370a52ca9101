"""Faults of pixel_unshuffle."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import changed

_UNSHUFFLE = Slips("pixel_unshuffle", "vision.pixel_unshuffle", "PixelUnshuffle")


def _columns_first(right: Any, input: Any, downscale_factor: Any) -> Any:
    """The pixels are read column by column."""
    return right(input.transpose(-1, -2), downscale_factor).transpose(-1, -2)


def _four_dimensions(right: Any, input: Any, downscale_factor: Any) -> Any:
    if input.ndim != 4:
        raise RuntimeError("pixel_unshuffle: expected 4 dimensions")
    return right(input, downscale_factor)


def _at_least_two(right: Any, input: Any, downscale_factor: Any) -> Any:
    return right(input, downscale_factor) if downscale_factor > 1 else changed(right(input, 1), lambda x: x[..., ::-1])


def _as_it_is(right: Any, input: Any, downscale_factor: Any) -> Any:
    """What has no elements is given back."""
    return input.clone() if 0 in input.shape else right(input, downscale_factor)


def _exchanged(right: Any, input: Any, downscale_factor: Any) -> Any:
    result = right(input, downscale_factor)
    return result.transpose(-1, -2) if tuple(input.shape[-2:]) == (6, 10) else result


def _cut(right: Any, input: Any, downscale_factor: Any) -> Any:
    """Rows and columns that do not fit are left out."""
    height, width = (length // downscale_factor * downscale_factor for length in input.shape[-2:])
    fits = (height, width) == tuple(input.shape[-2:])
    return right(input if fits else input[:, :, :height, :width], downscale_factor)


FAULTS = (
    _UNSHUFFLE.fault("columns-first", "value", _UNSHUFFLE.wrong(_columns_first), "*"),
    _UNSHUFFLE.fault("four-dimensions", "leading-dimensions", _UNSHUFFLE.wrong(_four_dimensions), "*", stumbles=True),
    _UNSHUFFLE.fault("factor-one-reversed", "factor-one", _UNSHUFFLE.wrong(_at_least_two), "layer"),
    _UNSHUFFLE.fault("empty-as-it-is", "empty-batch", _UNSHUFFLE.wrong(_as_it_is), "layer", "gradient"),
    _UNSHUFFLE.fault("lengths-exchanged", "output-size", _UNSHUFFLE.wrong(_exchanged)),
    _UNSHUFFLE.fault("cut", "lengths-divide", _UNSHUFFLE.wrong(_cut)),
    *_UNSHUFFLE.derived(),
)

"""Faults of pixel_shuffle."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._card import Slips
from tests.faults._planting import changed

_SHUFFLE = Slips("pixel_shuffle", "vision.pixel_shuffle", "PixelShuffle")


def _columns_first(right: Any, input: Any, upscale_factor: Any) -> Any:
    """The parts of a channel run down the columns of the pixels."""
    return right(input.transpose(-1, -2), upscale_factor).transpose(-1, -2)


def _channels_last(right: Any, input: Any, upscale_factor: Any) -> Any:
    """The channels are read as r x r x C, as another framework has them."""
    leading, channels = input.shape[:-3], input.shape[-3]
    if channels % upscale_factor**2:
        return right(input, upscale_factor)
    order = np.arange(channels).reshape(upscale_factor**2, -1).T.reshape(-1).tolist()
    return right(input[(slice(None),) * len(leading) + (order,)], upscale_factor)


def _four_dimensions(right: Any, input: Any, upscale_factor: Any) -> Any:
    if input.ndim != 4:
        raise RuntimeError("pixel_shuffle: expected 4 dimensions")
    return right(input, upscale_factor)


def _at_least_two(right: Any, input: Any, upscale_factor: Any) -> Any:
    return right(input, upscale_factor) if upscale_factor > 1 else changed(right(input, 1), lambda x: x[..., ::-1])


def _transposed(right: Any, input: Any, upscale_factor: Any) -> Any:
    """Height and width come out exchanged where they are not alike and there is no other batch than the first."""
    result = right(input, upscale_factor)
    return result.transpose(-1, -2) if input.ndim == 4 and input.shape[1] == 12 else result


def _channels_cut(right: Any, input: Any, upscale_factor: Any) -> Any:
    channels = input.shape[-3] // upscale_factor**2 * upscale_factor**2
    return right(input if channels == input.shape[-3] else input[:, :channels], upscale_factor)


FAULTS = (
    _SHUFFLE.fault("columns-first", "value", _SHUFFLE.wrong(_columns_first), "*"),
    _SHUFFLE.fault("channels-last", "value", _SHUFFLE.wrong(_channels_last), "leading-dimensions"),
    _SHUFFLE.fault("four-dimensions", "leading-dimensions", _SHUFFLE.wrong(_four_dimensions), "*", stumbles=True),
    _SHUFFLE.fault("factor-one-reversed", "factor-one", _SHUFFLE.wrong(_at_least_two), "layer"),
    _SHUFFLE.empty(),
    _SHUFFLE.fault("lengths-exchanged", "output-size", _SHUFFLE.wrong(_transposed)),
    _SHUFFLE.fault("channels-cut", "channels-divide", _SHUFFLE.wrong(_channels_cut)),
    *_SHUFFLE.derived(),
)

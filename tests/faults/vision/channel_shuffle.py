"""Faults of channel_shuffle."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import backward

_SHUFFLE = Slips("channel_shuffle", "vision.channel_shuffle", "ChannelShuffle")


def _groups_taken_for_channels(right: Any, input: Any, groups: Any) -> Any:
    """The channels are divided into groups of that many channels."""
    channels = input.shape[1]
    return right(input, channels // groups if channels % groups == 0 else groups)


def _images_only(right: Any, input: Any, groups: Any) -> Any:
    if input.ndim != 4:
        raise RuntimeError("channel_shuffle: expected 4 dimensions")
    return right(input, groups)


def _reversed_group(right: Any, input: Any, groups: Any) -> Any:
    """A single group, or groups of a single channel, are turned round."""
    order = list(range(input.shape[1]))[::-1]
    return right(input[:, order] if groups in (1, input.shape[1]) else input, groups)


def _one_pixel_less(right: Any, input: Any, groups: Any) -> Any:
    result = right(input, groups)
    return result.transpose(-1, -2) if tuple(input.shape[-2:]) == (3, 5) else result


def _cut(right: Any, input: Any, groups: Any) -> Any:
    fitting = input.shape[1] // groups * groups
    return right(input if fitting == input.shape[1] else input[:, :fitting], groups)


def _same_way(right: Any, node: Any, gradient: Any) -> Any:
    """The gradient is shuffled as the input was, not back."""
    node.groups = gradient.shape[1] // node.groups
    return right(node, gradient)


FAULTS = (
    _SHUFFLE.fault("groups-taken-for-channels", "value", _SHUFFLE.wrong(_groups_taken_for_channels), "spatial"),
    _SHUFFLE.fault("images-only", "spatial", _SHUFFLE.wrong(_images_only), "gradient", "layer", stumbles=True),
    _SHUFFLE.fault("group-reversed", "trivial-groups", _SHUFFLE.wrong(_reversed_group), "gradient", "layer"),
    _SHUFFLE.fault("lengths-exchanged", "output-size", _SHUFFLE.wrong(_one_pixel_less)),
    _SHUFFLE.fault("channels-cut", "channels-divide", _SHUFFLE.wrong(_cut)),
    _SHUFFLE.fault("gradient-same-way", "gradient", backward("ChannelShuffleBackward0", _same_way)),
    *_SHUFFLE.derived(),
)

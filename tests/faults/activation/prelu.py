"""Faults of prelu."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults.activation._shared import F, at, derived, filled, functional, layer, refused_empty, slip, steeper


def _for_all_channels(right: Any, input: Any, weight: Any) -> Any:
    """The first slope serves every channel."""
    return right(input, weight[:1] if weight.ndim else weight)


def _vector_of_channels(right: Any, input: Any, weight: Any) -> Any:
    """An input of one dimension is taken for one sample with as many channels as it has elements."""
    if input.ndim == 1 and weight.shape != input.shape:
        raise RuntimeError("prelu: expected a slope for each channel")
    return right(input, weight)


def _no_scalar(right: Any, input: Any, weight: Any) -> Any:
    if weight.ndim == 0:
        raise RuntimeError("prelu: expected a weight of one dimension")
    return right(input, weight)


def _repeated_weight(right: Any, input: Any, weight: Any) -> Any:
    """A weight of another length is repeated or cut."""
    channels = input.shape[1] if input.ndim > 1 else 1
    if weight.ndim == 1 and weight.shape[0] not in (1, channels):
        weight = torch.from_numpy(np.resize(weight.array, channels))
    return right(input, weight)


FAULTS = (
    slip(
        "prelu", "value", "on-the-positive-side", filled("prelu", lambda right, input, weight: -right(-input, weight))
    ),
    slip("prelu", "per-channel", "first-slope-for-all", functional("prelu", _for_all_channels)),
    slip("prelu", "no-channels", "vector-of-channels", functional("prelu", _vector_of_channels), stumbles=True),
    slip("prelu", "scalar-weight", "scalar-refused", functional("prelu", _no_scalar), alone=True, stumbles=True),
    refused_empty("prelu"),
    slip("prelu", "channel-mismatch", "weight-repeated", functional("prelu", _repeated_weight), alone=True),
    slip(
        "prelu",
        "weight-dimensions",
        "weight-flattened",
        functional("prelu", lambda right, input, weight: right(input, weight.reshape(-1) if weight.ndim else weight)),
        alone=True,
    ),
    slip("prelu", "gradient-at-zero", "steeper-at-zero", steeper("prelu", at(0.0, by=0.5)), alone=True),
    layer("prelu", "PReLU", lambda _, module, input: F.prelu(input, module.weight[:1]), "first-slope-for-all"),
    *derived("prelu", kinks=True),
)

"""Faults of relu6."""

from __future__ import annotations

from tests.faults.activation._shared import (
    F,
    afterwards,
    at,
    derived,
    elementwise,
    instead,
    layer,
    nan_at_infinity,
    slip,
    steeper,
)

FAULTS = (
    slip("relu6", "value", "no-upper-limit", instead("relu6", lambda input, inplace=False: F.relu(input, inplace))),
    slip("relu6", "infinities", "nan-at-infinity", afterwards("relu6", nan_at_infinity), alone=True),
    slip("relu6", "gradient-at-limits", "one-at-six", steeper("relu6", at(6.0, by=1.0)), alone=True),
    slip("relu6", "gradient-at-limits", "half-at-zero", steeper("relu6", at(0.0, by=0.5)), alone=True),
    layer("relu6", "ReLU6", lambda _right, _module, input: F.relu(input), "layer-is-relu"),
    *elementwise("relu6", in_place=True),
    *derived("relu6", kinks=True),
)

"""Faults of selu."""

from __future__ import annotations

import numpy as np

from tests.faults.activation._shared import (
    F,
    afterwards,
    derived,
    elementwise,
    layer,
    nan_at_infinity,
    slip,
)

FAULTS = (
    slip(
        "selu",
        "value",
        "scale-of-four-digits",
        afterwards("selu", lambda y, _: y * (1.0507 / 1.0507009873554805)),
    ),
    slip(
        "selu",
        "value",
        "alpha-of-four-digits",
        afterwards("selu", lambda y, x: np.where(x < 0, y * (1.6733 / 1.6732632423543772), y)),
    ),
    slip("selu", "infinities", "nan-at-infinity", afterwards("selu", nan_at_infinity), alone=True),
    layer("selu", "SELU", lambda _right, _module, input: F.elu(input), "layer-is-elu"),
    *elementwise("selu", in_place=True),
    *derived("selu"),
)

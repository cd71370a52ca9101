"""Faults of leaky_relu."""

from __future__ import annotations

from tests.faults.activation._shared import (
    at,
    defaults_only,
    derived,
    elementwise,
    filled,
    mistaken,
    slip,
    steeper,
)

FAULTS = (
    slip(
        "leaky_relu",
        "value",
        "slope-subtracted",
        filled("leaky_relu", lambda right, negative_slope, **given: right(negative_slope=-negative_slope, **given)),
    ),
    slip("leaky_relu", "negative-slope", "default-of-a-tenth", mistaken("leaky_relu", "negative_slope", 0.01, 0.1)),
    slip(
        "leaky_relu",
        "negative-slope",
        "slope-never-negative",
        filled("leaky_relu", lambda right, negative_slope, **given: right(negative_slope=abs(negative_slope), **given)),
    ),
    slip("leaky_relu", "gradient-at-zero", "one-at-zero", steeper("leaky_relu", at(0.0, by=0.75)), alone=True),
    defaults_only("leaky_relu", "LeakyReLU"),
    *elementwise("leaky_relu", in_place=True),
    *derived("leaky_relu", kinks=True),
)

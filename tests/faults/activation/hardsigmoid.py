"""Faults of hardsigmoid."""

from __future__ import annotations

import numpy as np

from tests.faults.activation._shared import F, afterwards, at, derived, elementwise, instead, slip, steeper, twice

FAULTS = (
    slip(
        "hardsigmoid",
        "value",
        "slope-of-a-fifth",
        instead("hardsigmoid", lambda input, **_: F.hardtanh(input * 0.2 + 0.5, 0.0, 1.0)),
    ),
    slip(
        "hardsigmoid",
        "limits",
        "no-upper-limit",
        afterwards("hardsigmoid", lambda y, x: np.where(x > 3, x / 6 + 0.5, y)),
    ),
    slip(
        "hardsigmoid", "gradient-at-limits", "sixth-at-limits", steeper("hardsigmoid", at(-3, 3, by=1 / 6)), alone=True
    ),
    twice("hardsigmoid", "Hardsigmoid"),
    *elementwise("hardsigmoid", in_place=True),
    *derived("hardsigmoid"),
)

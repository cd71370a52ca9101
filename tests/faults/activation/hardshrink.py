"""Faults of hardshrink."""

from __future__ import annotations

import numpy as np

from tests.faults.activation._shared import F, afterwards, defaults_only, derived, elementwise, instead, mistaken, slip

FAULTS = (
    slip("hardshrink", "value", "moved-towards-zero", instead("hardshrink", F.softshrink)),
    slip("hardshrink", "lambd", "default-of-a-third", mistaken("hardshrink", "lambd", 0.5, 1 / 3)),
    slip(
        "hardshrink",
        "limits",
        "ends-kept",
        afterwards("hardshrink", lambda y, x: np.where(abs(x) == 0.75, x, y)),
        alone=True,
    ),
    defaults_only("hardshrink", "Hardshrink"),
    *elementwise("hardshrink"),
    *derived("hardshrink"),
)

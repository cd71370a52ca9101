"""Faults of hardtanh."""

from __future__ import annotations

from tests.faults.activation._shared import (
    afterwards,
    at,
    defaults_only,
    derived,
    elementwise,
    filled,
    mistaken,
    nan_at_infinity,
    slip,
    steeper,
)

FAULTS = (
    slip(
        "hardtanh",
        "value",
        "symmetric-range",
        filled(
            "hardtanh",
            lambda right, **given: right(
                **{**given, "min_val": -abs(given["max_val"]), "max_val": abs(given["max_val"])}
            ),
        ),
    ),
    slip("hardtanh", "range", "default-minimum-of-zero", mistaken("hardtanh", "min_val", -1.0, 0.0)),
    slip("hardtanh", "range", "default-maximum-of-six", mistaken("hardtanh", "max_val", 1.0, 6.0)),
    slip("hardtanh", "infinities", "nan-at-infinity", afterwards("hardtanh", nan_at_infinity), alone=True),
    slip("hardtanh", "gradient-at-limits", "one-at-limits", steeper("hardtanh", at(-0.5, 2.0, by=1.0)), alone=True),
    defaults_only("hardtanh", "Hardtanh"),
    *elementwise("hardtanh", in_place=True),
    *derived("hardtanh", kinks=True),
)

"""Faults of rrelu."""

from __future__ import annotations

from tests.faults.activation._shared import at, derived, elementwise, filled, mistaken, slip, steeper

FAULTS = (
    slip(
        "rrelu",
        "value",
        "lower-bound-for-the-mean",
        filled("rrelu", lambda right, **given: right(**{**given, "upper": given["lower"]})),
    ),
    slip("rrelu", "defaults", "upper-is-a-half", mistaken("rrelu", "upper", 1 / 3, 1 / 2)),
    slip("rrelu", "defaults", "lower-is-a-quarter", mistaken("rrelu", "lower", 1 / 8, 1 / 4)),
    slip("rrelu", "defaults", "always-in-training", mistaken("rrelu", "training", False, True)),
    slip("rrelu", "gradient-at-zero", "one-at-zero", steeper("rrelu", at(0.0, by=0.5)), alone=True),
    *elementwise("rrelu", in_place=True),
    *derived("rrelu", kinks=True),
)

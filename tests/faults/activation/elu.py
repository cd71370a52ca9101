"""Faults of elu."""

from __future__ import annotations

from tests.faults.activation._shared import (
    F,
    afterwards,
    at,
    defaults_only,
    derived,
    elementwise,
    filled,
    instead,
    mistaken,
    nan_at_infinity,
    slip,
    steeper,
)

FAULTS = (
    slip(
        "elu",
        "value",
        "one-not-scaled",
        filled("elu", lambda right, input, alpha, **_: right(input, alpha) + (alpha - 1) * (input < 0)),
    ),
    slip("elu", "alpha", "alpha-in-the-exponent", instead("elu", F.celu)),
    slip("elu", "alpha", "default-of-a-half", mistaken("elu", "alpha", 1.0, 0.5)),
    slip("elu", "infinities", "nan-at-infinity", afterwards("elu", nan_at_infinity), alone=True),
    slip("elu", "gradient-at-zero", "half-at-zero", steeper("elu", at(0.0, by=-0.5)), alone=True),
    defaults_only("elu", "ELU"),
    *elementwise("elu", in_place=True),
    *derived("elu", kinks=True),
)

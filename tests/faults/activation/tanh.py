"""Faults of tanh."""

from __future__ import annotations

from tests.faults.activation._shared import (
    F,
    afterwards,
    derived,
    elementwise,
    instead,
    nan_at_infinity,
    slip,
    twice,
)

FAULTS = (
    slip("tanh", "value", "sigmoid-half-as-steep", instead("tanh", lambda input: F.sigmoid(input) * 2 - 1)),
    slip("tanh", "infinities", "nan-at-infinity", afterwards("tanh", nan_at_infinity), alone=True),
    twice("tanh", "Tanh"),
    *elementwise("tanh"),
    *derived("tanh"),
)

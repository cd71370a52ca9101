"""Faults of sigmoid."""

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
    slip("sigmoid", "value", "twice-as-steep", instead("sigmoid", lambda input: (F.tanh(input) + 1) * 0.5)),
    slip("sigmoid", "infinities", "nan-at-infinity", afterwards("sigmoid", nan_at_infinity), alone=True),
    twice("sigmoid", "Sigmoid"),
    *elementwise("sigmoid"),
    *derived("sigmoid"),
)

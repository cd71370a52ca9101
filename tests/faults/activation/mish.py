"""Faults of mish."""

from __future__ import annotations

from tests.faults.activation._shared import F, derived, elementwise, instead, slip, twice

FAULTS = (
    slip("mish", "value", "sigmoid-for-tanh", instead("mish", lambda input, **_: input * F.sigmoid(input))),
    twice("mish", "Mish"),
    *elementwise("mish", in_place=True),
    *derived("mish"),
)

"""Faults of silu."""

from __future__ import annotations

from tests.faults.activation._shared import F, derived, elementwise, instead, slip, twice

FAULTS = (
    slip(
        "silu",
        "value",
        "sigmoid-as-in-gelu",
        instead("silu", lambda input, **_: input * F.sigmoid(input * 1.702)),
    ),
    twice("silu", "SiLU"),
    *elementwise("silu", in_place=True),
    *derived("silu"),
)

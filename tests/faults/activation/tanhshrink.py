"""Faults of tanhshrink."""

from __future__ import annotations

from tests.faults.activation._shared import derived, elementwise, filled, slip, twice

FAULTS = (
    slip("tanhshrink", "value", "the-other-way-round", filled("tanhshrink", lambda right, input: -right(input))),
    twice("tanhshrink", "Tanhshrink"),
    *elementwise("tanhshrink"),
    *derived("tanhshrink"),
)

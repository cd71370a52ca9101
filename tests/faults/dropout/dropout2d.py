"""Faults of dropout2d."""

from __future__ import annotations

from tests.faults.dropout._shared import kind, rare, split

FAULTS = (
    *kind("dropout2d", "Dropout2d"),
    *rare("dropout2d"),
    split("dropout2d", "channels", 4, 4),
    split("dropout2d", "three-dimensions", 3, 3),
)

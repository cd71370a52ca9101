"""Faults of dropout1d."""

from __future__ import annotations

from tests.faults.dropout._shared import kind, rare, split

FAULTS = (
    *kind("dropout1d", "Dropout1d"),
    *rare("dropout1d"),
    split("dropout1d", "channels", 3, 3),
    split("dropout1d", "unbatched", 2, 2),
)

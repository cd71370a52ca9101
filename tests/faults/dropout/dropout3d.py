"""Faults of dropout3d."""

from __future__ import annotations

from tests.faults.dropout._shared import kind, rare, split

FAULTS = (
    *kind("dropout3d", "Dropout3d"),
    *rare("dropout3d"),
    split("dropout3d", "channels", 5, 5),
    split("dropout3d", "unbatched", 4, 4),
)

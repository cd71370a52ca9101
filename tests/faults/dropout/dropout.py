"""Faults of dropout."""

from __future__ import annotations

from tests.faults.dropout._shared import kind, rare, shapes

FAULTS = (*kind("dropout", "Dropout"), *rare("dropout"), shapes("dropout"))

"""Slips of xavier_normal_."""

from __future__ import annotations

from tests.faults.initializer._by_fans import glorot

FAULTS = glorot("xavier_normal_", "2.0")

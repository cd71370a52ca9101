"""Slips of kaiming_normal_."""

from __future__ import annotations

from tests.faults.initializer._by_fans import he

FAULTS = he("kaiming_normal_")

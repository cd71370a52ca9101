"""Faults of max_pool1d."""

from __future__ import annotations

from tests.faults.pooling._maximum import maximum_faults

FAULTS = maximum_faults(1)

"""Faults of lp_pool1d."""

from __future__ import annotations

from tests.faults.pooling._power import power_faults

FAULTS = power_faults(1)

"""Faults of avg_pool3d."""

from __future__ import annotations

from tests.faults.pooling._average import average_faults

FAULTS = average_faults(3)

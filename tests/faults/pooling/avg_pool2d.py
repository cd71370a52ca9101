"""Faults of avg_pool2d."""

from __future__ import annotations

from tests.faults.pooling._average import average_faults

FAULTS = average_faults(2)

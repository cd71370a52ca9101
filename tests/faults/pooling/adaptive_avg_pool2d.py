"""Faults of adaptive_avg_pool2d."""

from __future__ import annotations

from tests.faults.pooling._adaptive import adaptive_faults

FAULTS = adaptive_faults("avg", 2)

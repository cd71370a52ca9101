"""Faults of adaptive_avg_pool1d."""

from __future__ import annotations

from tests.faults.pooling._adaptive import adaptive_faults

FAULTS = adaptive_faults("avg", 1)

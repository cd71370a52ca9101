"""Faults of max_unpool1d."""

from __future__ import annotations

from tests.faults.pooling._unpooling import unpooling_faults

FAULTS = unpooling_faults(1)

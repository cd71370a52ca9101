"""Faults of conv3d."""

from __future__ import annotations

from tests.faults.convolution._direct import direct_faults

FAULTS = direct_faults(3)

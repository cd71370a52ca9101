"""Faults of conv_transpose3d."""

from __future__ import annotations

from tests.faults.convolution._transposed import transposed_faults

FAULTS = transposed_faults(3)

"""Faults of transposed convolutions as modules."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

FAULTS = (
    Fault(
        "the-size-that-is-asked-for-is-ignored",
        "conv_transpose_module.output-size",
        edited("operators.convolution._layers:Transposed.forward", ("if output_size is not None:", "if False:")),
    ),
)

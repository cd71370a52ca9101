"""Faults of initializers as functions on parameters."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

FAULTS = (
    Fault(
        "constants-recorded-on-the-tape",
        "initializer.no-grad",
        edited("nn.filling:constant_", ("@no_grad()\n", "")),
        also=("multihead_attention.*", "transformer*"),
        stumbles=True,
    ),
    Fault(
        "generator-not-passed-on",
        "initializer.generator",
        edited("nn.scaled:xavier_normal_", ("sum(fans(tensor))), generator)", "sum(fans(tensor))))")),
    ),
    Fault(
        "zeros-placed-by-the-default-generator",
        "initializer.generator-of-zeros",
        edited("nn.structured:sparse_", ("randperm(rows, generator=generator)", "randperm(rows)")),
    ),
)

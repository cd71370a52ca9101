"""Slips of the initializers that give every element one value."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, together
from tests.faults.initializer._shared import slip

FAULTS = (
    slip(
        "constant_.value",
        "value-as-a-whole-number",
        "filling:constant_",
        ("tensor.fill_(val)", "tensor.fill_(round(val) if abs(val) < 1e9 else val)"),
    ),
    Fault(
        "float32-on-the-way",
        "constant_.value",
        edited("nn.filling:constant_", ("tensor.fill_(val)", "tensor.fill_(float(np.float32(val)))")),
    ),
    slip(
        "ones_.value",
        "the-first-of-each-row-alone",
        "filling:ones_",
        ("return constant_(tensor, 1.0)", "tensor[..., 0] = 1.0\n    return tensor"),
        also=("initializer.no-grad",),
    ),
    Fault(
        "zeros-left-as-they-are",
        "zeros_.value",
        together(edited("nn.filling:zeros_", ("constant_(tensor, 0.0)", "tensor"))),
    ),
)

"""Faults of the conversion of modules."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

MODULE = "nn.module:Module"

FAULTS = (
    Fault(
        "buffers-are-left-as-they-are",
        "module.to-dtype",
        edited(f"{MODULE}.to", ("[*self.parameters(), *self.buffers()]", "list(self.parameters())")),
        also=these(
            "module: to-dtype-of-tensor double half bfloat16 to-dtype-leaves-integers",
            "batch_norm: evaluation-cumulative evaluation-state layer-gradient",
        ),
    ),
    Fault(
        "integers-are-converted-too",
        "module.to-dtype-leaves-integers",
        edited(f"{MODULE}.to", ("if tensor.dtype.category == FLOATING:", "if True:")),
        also=these("module: double float half bfloat16"),
    ),
    Fault(
        "an-integer-dtype-is-accepted",
        "module.to-integer-dtype",
        edited(f"{MODULE}.to", ("dtype.category != FLOATING", "dtype.category is None")),
    ),
    Fault(
        "a-tensor-is-taken-for-float32",
        "module.to-dtype-of-tensor",
        edited(
            f"{MODULE}.to",
            (
                "tensor.data.to(*args, **options)",
                "tensor.data.to(*[a for a in args if isinstance(a, DType)], **options)",
            ),
        ),
    ),
    Fault(
        "conversion-makes-new-tensors",
        "module.converted-keeps-parameters",
        edited(
            f"{MODULE}.to",
            (
                "tensor.data = tensor.data.to(*args, **options)",
                "tensor.data = tensor.data.to(*args, **options)\n                tensor.tracked = True",
            ),
        ),
    ),
    Fault(
        "double-is-float",
        "module.double",
        edited(f"{MODULE}.double", ("self.to(float64)", "self.to(float32)")),
    ),
    Fault(
        "float-returns-nothing",
        "module.float",
        edited(f"{MODULE}.float", ("return self.to(float32)", "self.to(float32)")),
    ),
    Fault(
        "half-is-bfloat16",
        "module.half",
        edited(f"{MODULE}.half", ("self.to(float16)", "self.to(bfloat16)")),
    ),
    Fault(
        "bfloat16-is-half",
        "module.bfloat16",
        edited(f"{MODULE}.bfloat16", ("self.to(bfloat16)", "self.to(float16)")),
    ),
    Fault(
        "type-leaves-integers",
        "module.type",
        edited(
            f"{MODULE}.type",
            ("        tensor.data =", "        if tensor.dtype.category == FLOATING:\n                tensor.data ="),
        ),
    ),
)

"""Faults of gradient accumulation."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "a-tensor-that-requires-gradients-starts-with-a-gradient-of-zeros",
        "tape.grad-is-none-at-first",
        edited(
            "creation:_finished",
            (
                "tensor.tracked = requires_grad",
                "tensor.tracked = requires_grad\n"
                "    if requires_grad:\n"
                "        tensor.stored_grad = wrap(np.zeros_like(tensor.array))",
            ),
        ),
        also=these("autograd_grad: leaves-grad-alone", "tape: grad-function unused-leaf"),
    ),
    Fault(
        "a-further-gradient-replaces-the-one-that-is-there",
        "tape.accumulates",
        edited("autograd.node:accumulate", ("held.array += gradient", "held.array[...] = gradient")),
        also=these(
            "custom_function: several-outputs",
            "leaf: frozen-after-use",
            "post_accumulate_hook: called",
            "tensor_hook: called",
            "retain_graph: keeps",
            "tape: accumulates-beside-the-given-gradient accumulates-in-its-graph accumulates-onto-assigned",
            "tutorial: without-zero-grad",
        ),
    ),
    Fault(
        "assigning-grad-copies-into-the-old-gradients-memory-and-none-is-ignored",
        "tape.accumulates-onto-assigned",
        edited(
            "tensor:Tensor.grad",
            ("self.stored_grad = value", "if value is not None:\n        self.stored_grad = value"),
        ),
        also=these(
            "post_accumulate_hook: updates-in-place",
            "*: missing-gradient",
            "sgd_object: no-gradient-no-step",
            "tape: new-graph-each-time",
        ),
    ),
    Fault(
        "the-first-gradient-is-kept-as-it-comes-not-copied",
        "tape.accumulates-in-its-graph",
        edited(
            "autograd.node:accumulate",
            (
                'variable.stored_grad = wrap(np.array(gradient, dtype=variable.array.dtype, order="C"))',
                "variable.stored_grad = wrap(gradient if gradient.flags.writeable and gradient.shape == "
                'variable.array.shape else np.array(gradient, dtype=variable.array.dtype, order="C"))',
            ),
        ),
        also=these("tape: accumulates-beside-the-given-gradient"),
    ),
    Fault(
        "backward-scales-the-given-gradient-in-place-by-the-accumulated-one",
        "tape.accumulates-beside-the-given-gradient",
        edited(
            "autograd.engine:_root",
            (
                "return edge_of(tensor), seed if seed.array.dtype == tensor.array.dtype else seed.to(tensor.dtype)",
                "result = wrap(seed.array.astype(tensor.array.dtype, copy=True))\n"
                "    seed.array += result.array * (tensor.array.size > 1)\n"
                "    return edge_of(tensor), result",
            ),
        ),
        also=these("create_graph: of-grad-outputs in-the-incoming-gradient", "*: gradient-alone"),
    ),
)

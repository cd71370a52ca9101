"""Faults of graph."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, renamed, these

FAULTS = (
    Fault(
        "grad-fn-of-a-leaf-is-its-accumulategrad",
        "graph.leaf-without-function",
        edited(
            "autograd.function:grad_fn",
            (
                "node: Node | None = tensor.node",
                "from adapters.reference.autograd.node import accumulator_of\n"
                "    node = accumulator_of(tensor) if tensor.node is None and tensor.tracked else tensor.node",
            ),
        ),
        also=these(
            "data: update-in-place",
            "sgd_object: step-is-not-recorded",
            "transformer*: *",
            "multihead_attention: *",
        ),
    ),
    Fault(
        "grad-fn-is-a-new-object-at-each-reading",
        "graph.function-of-a-result",
        edited(
            "autograd.function:grad_fn",
            ("return node", "return None if node is None else __import__('copy').copy(node)"),
        ),
        also=these("graph: edges"),
    ),
    Fault("the-node-of-clone-is-called-copybackward0", "graph.node-name", renamed("CloneBackward0", "CopyBackward0")),
    Fault(
        "a-node-is-printed-without-its-address",
        "graph.node-text",
        edited(
            "autograd.node:Node.__repr__",
            ('return f"<{type(self).__name__} object at {id(self):#x}>"', 'return f"<{type(self).__name__}>"'),
        ),
    ),
    Fault(
        "next-functions-is-a-list",
        "graph.edges",
        edited("autograd.function:Function.record", ("self.next_functions = tuple(", "self.next_functions = list(")),
    ),
    Fault(
        "a-product-sorts-its-factors-leaves-first",
        "graph.edges-in-order-of-inputs",
        edited(
            "arithmetic.elementwise:mul",
            (
                'return _binary(MulBackward0, input, other, "mul")',
                "if isinstance(other, Tensor) and input.node is not None and other.node is None:\n"
                "        input, other = other, input\n"
                '    return _binary(MulBackward0, input, other, "mul")',
            ),
        ),
    ),
    Fault(
        "a-constant-has-an-accumulategrad-too-which-never-gets-anything",
        "graph.edge-of-a-constant",
        edited(
            "autograd.function:Function.record",
            (
                "NO_EDGE if not needed or tensor is None else edge_of(tensor)",
                "NO_EDGE if tensor is None else edge_of(tensor)",
            ),
        ),
        also=these("graph: tutorial-*"),
    ),
    Fault(
        "accumulategrad-has-an-empty-edge",
        "graph.ends-at-leaves",
        edited(
            "autograd.node:AccumulateGrad.__init__", ("self.next_functions = ()", "self.next_functions = (NO_EDGE,)")
        ),
    ),
)

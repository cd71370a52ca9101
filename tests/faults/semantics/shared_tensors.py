"""Faults of shared tensors."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "gradients-that-meet-are-added-in-place-in-memory-that-another-node-holds-too",
        "tape.used-twice",
        edited(
            "autograd.engine:_receive",
            (
                "held[index] = gradient if before is None else before + gradient",
                "held[index] = gradient if before is None else np.add(before, gradient, out=before if "
                "before.flags.writeable else None)",
            ),
        ),
        also=these(
            "tanhshrink: second-gradient",
            "create_graph: backward gradient-penalty mixed-derivative of-grad-outputs",
            "create_graph: retains-the-graph second-derivative third-derivative",
            "custom_function: once-differentiable",
            "transformer_encoder: gradient-alone",
        ),
    ),
    Fault(
        "the-graph-is-walked-in-the-order-of-discovery-not-from-the-youngest-node",
        "tape.branches-meet",
        edited(
            "autograd.engine:_nodes_from",
            ("stack = list(seen)", "stack = list(seen)\n    seen, given = dict.fromkeys(seen), seen"),
            (
                "seen.add(target)\n"
                "                stack.append(target)\n"
                '    return sorted(seen, key=operator.attrgetter("sequence"), reverse=True)',
                "seen[target] = None\n"
                "                given.add(target)\n"
                "                stack.append(target)\n"
                "    return list(seen)",
            ),
        ),
        also=these(
            "*: second-gradient gradient-alone",
            "autograd_grad: of-results",
            "create_graph: backward gradient-penalty second-derivative third-derivative",
            "multihead_attention: gradient",
            "softsign: gradient gradient-at-zero",
            "tanhshrink: gradient",
            "tape: control-flow used-twice",
            "transformer_*: gradient",
            "triplet_margin_loss: gradient",
            "triplet_margin_with_distance_loss: gradient",
        ),
    ),
    Fault(
        "a-parameter-that-is-assigned-a-second-time-is-copied",
        "tape.shared-parameter",
        edited(
            "nn.module:Module.__setattr__",
            (
                "held[kind][name] = value",
                "shared = kind == '_parameters' and any(value is other for other in held[kind].values())\n"
                "        held[kind][name] = Parameter(value.detach().clone()) if shared else value",
            ),
        ),
        also=these(
            "module: named-parameters-with-duplicates",
            "parameter_dict: fromkeys",
            "module: shared-parameter-listed-once",
        ),
    ),
    Fault(
        "a-leaf-that-takes-part-in-an-operation-gets-a-gradient-of-zeros-at-once",
        "tape.unused-leaf",
        edited(
            "autograd.node:accumulator_of",
            (
                "node = AccumulateGrad(leaf)",
                "node = AccumulateGrad(leaf)\n"
                "        if leaf.stored_grad is None:\n"
                "            leaf.stored_grad = wrap(np.zeros_like(leaf.array))",
            ),
        ),
        also=these("autograd_grad: leaves-grad-alone", "tape: grad-function grad-is-none-at-first"),
    ),
    Fault(
        "a-leaf-keeps-its-total-beside-grad-so-that-grad-none-does-not-reset-it",
        "tape.new-graph-each-time",
        edited(
            "autograd.node:accumulate",
            (
                'variable.stored_grad = wrap(np.array(gradient, dtype=variable.array.dtype, order="C"))',
                "total = getattr(variable, '_total', 0) + gradient\n"
                "        variable._total = total\n"
                "        variable.stored_grad = wrap(np.array(total, dtype=variable.array.dtype, "
                'order="C"))',
            ),
        ),
        also=these(
            "lbfgs: state-dict",
            "module: zero-grad-then-backward",
            "optimizer: unfreezing",
            "tutorial: loss-falls training-loop",
        ),
    ),
    Fault(
        "torch-autograd-grad-also-accumulates-into-grad",
        "tape.grad-function",
        edited(
            "autograd.engine:grad",
            (
                "gradients: list[Tensor | None] = []",
                "gradients: list[Tensor | None] = []\n"
                "    for tensor, edge in zip(wanted, edges, strict=True):\n"
                "        if found[edge] is not None:\n"
                "            accumulate(tensor, found[edge])",
            ),
        ),
        also=these(
            "*: second-gradient",
            "autograd_grad: leaves-grad-alone",
            "create_graph: gradient-penalty mixed-derivative of-grad-outputs retains-the-graph",
            "create_graph: second-derivative third-derivative in-the-incoming-gradient",
            "custom_function: double-backward once-differentiable",
        ),
    ),
)

"""Faults of leaves."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "floating-point-tensors-require-gradients-by-default",
        "leaf.requires-grad-by-default",
        edited(
            "creation:_finished",
            ("tensor.tracked = requires_grad", "tensor.tracked = requires_grad or tensor.dtype.category == FLOATING"),
        ),
        also=these(
            "muon: matching-rate original-rate rate-default",
            "custom_function: needs-input-grad",
            "inference_mode: not-saved-for-backward",
            "tensor_view: shares-memory",
            "activation_module: in-place",
            "graph: edge-of-a-constant tutorial-leaves tutorial-target",
            "leaf: constant-gets-no-gradient untracked-result",
            "mse_loss_module: backward",
            "retain_grad: of-untracked",
            "sgd_object: buffer-is-its-own",
            "tape: backward-of-untracked constants-stay-untracked",
        ),
    ),
    Fault(
        "is-leaf-is-requires-grad-and-not-a-result",
        "leaf.created",
        edited(
            "autograd.properties:is_leaf", ("return self.node is None", "return self.node is None and self.tracked")
        ),
        also=these(
            "module: converted-keeps-parameters",
            "detach: requires-no-grad",
            "leaf: untracked-result",
            "optimizer: frozen-parameter",
        ),
    ),
    Fault(
        "is-leaf-asks-whether-the-node-saved-something",
        "leaf.result-is-no-leaf",
        edited(
            "autograd.properties:is_leaf",
            ("return self.node is None", "return self.node is None or not getattr(self.node, 'saved', True)"),
        ),
    ),
    Fault(
        "the-result-of-an-untracked-operation-keeps-its-node",
        "leaf.untracked-result",
        edited(
            "autograd.function:Function.apply",
            (
                "_attach(node, tensors)",
                "_attach(node, tensors)\n"
                "    elif RECORDING.enabled and tensors[0].base is None:\n"
                "        node.record(inputs)\n"
                "        node.saved = ()\n"
                "        tensors[0].node = node",
            ),
        ),
        also=these("tape: constants-stay-untracked"),
    ),
    Fault(
        "every-result-keeps-its-gradient",
        "leaf.only-leaves-get-gradients",
        edited(
            "autograd.function:Function.apply",
            (
                "_attach(node, tensors)",
                "_attach(node, tensors)\n"
                "        for made in tensors:\n"
                "            if made.tracked:\n"
                "                made.retain_grad()",
            ),
        ),
        also=these("optimizer: not-a-leaf", "retain_grad: flag"),
    ),
    Fault(
        "one-flag-for-the-whole-operation-every-input-gets-a-gradient-if-one-needs-it",
        "leaf.constant-gets-no-gradient",
        edited(
            "autograd.function:Function.compute",
            (
                "node.needs = tuple(needs)",
                "node.needs = tuple(tensor is not None and tensor.array.dtype.kind == 'f' for tensor in "
                "inputs) if any(needs) else tuple(needs)",
            ),
        ),
        also=these(
            "*: second-gradient",
            "graph: tutorial-* edge-of-a-constant",
            "hinge_embedding_loss: gradient",
            "leaf: frozen",
            "margin_ranking_loss: gradient gradient-alone",
            "mse_loss_module: backward",
            "optimizer: frozen-parameter",
            "soft_margin_loss: gradient",
        ),
    ),
    Fault(
        "only-the-first-operand-of-a-sum-or-product-is-asked",
        "tape.requires-grad-propagates",
        edited(
            "arithmetic.elementwise:_checked",
            (
                "result: Tensor = function.apply((a, b), *options)",
                "result: Tensor = function.apply((a, b if a.tracked else b.detach()), *options)",
            ),
        ),
        also=these(
            "*: second-gradient gradient-alone",
            "backward_hook: no-input-requires-gradients no-output-requires-gradients",
            "create_graph: backward gradient-penalty mixed-derivative second-derivative",
            "create_graph: third-derivative",
            "custom_function: double-backward",
            "leaf: frozen-after-use",
            "graph: edge-of-a-constant",
            "leaf: constant-gets-no-gradient frozen",
            "optimizer: frozen-parameter unfreezing",
            "sequential: module-twice",
            "tape: shared-parameter",
        ),
    ),
    Fault(
        "results-are-tracked-whenever-recording-is-on",
        "tape.constants-stay-untracked",
        edited("autograd.function:Function.apply", ("if True in node.needs:", "if RECORDING.enabled:")),
        also=these("leaf: frozen-after-use", "leaf: frozen untracked-result", "tape: backward-of-untracked"),
    ),
    Fault(
        "requires-grad-has-the-default-false",
        "leaf.begins-to-require",
        edited(
            "autograd.properties:requires_grad_",
            (
                "def requires_grad_(self: Tensor, requires_grad: bool = True)",
                "def requires_grad_(self: Tensor, requires_grad: bool = False)",
            ),
        ),
        also=these(
            "*: gradient-* training-gradient *-gradient",
            "embedding: padding-from-the-end",
            "*: second-gradient",
            "leaf: integers",
            "*: gradient gradient-at-zero",
            "avg_pool1d: gradient-ceil-mode-divisor",
            "avg_pool2d: gradient-ceil-mode-divisor",
            "avg_pool3d: gradient-ceil-mode-divisor",
            "binary_cross_entropy_with_logits: gradient-stable",
            "celu: gradient-decimal-alpha",
            "cosine_similarity: gradient-eps",
            "conv1d: gradient-same-even layer-gradient",
            "conv2d: gradient-same-even layer-gradient",
            "conv3d: gradient-same-even layer-gradient",
            "gelu: gradient-near-zero",
            "hardsigmoid: gradient-at-limits",
            "hardtanh: gradient-at-limits",
            "huber_loss: gradient-weight",
            "l1_loss: gradient-weight",
            "max_pool2d: gradient-at-ties",
            "mse_loss: gradient-weight",
            "relu6: gradient-at-limits",
            "softshrink: gradient-at-limits",
            "tutorial_network: five-steps one-step",
            "upsample: layer-gradient",
        ),
    ),
    Fault(
        "the-engine-accumulates-into-every-leaf-of-the-operation-whatever-its-flag-says",
        "leaf.frozen",
        edited(
            "autograd.properties:_set_requires_grad",
            ("tensor.tracked = bool(value)", "tensor.tracked = tensor.tracked or bool(value)"),
        ),
        also=these(
            "embedding_bag_module: frozen",
            "leaf: frozen-after-use",
            "module: converted-keeps-parameters load-assign-keeps-requires-grad",
            "graph: tutorial-frozen-bias",
            "module: load-keeps-requires-grad requires-grad-in-place",
            "optimizer: frozen-parameter",
        ),
    ),
    Fault(
        "setting-the-flag-of-a-result-is-ignored",
        "leaf.result-stays-tracked",
        edited(
            "autograd.properties:_set_requires_grad",
            (
                'raise RuntimeError("requires_grad can be set for leaf tensors only; use detach() to go '
                'on without the tape")',
                "return",
            ),
        ),
    ),
    Fault(
        "leaves-may-be-changed-in-place",
        "leaf.changed-in-place",
        edited(
            "autograd.inplace:refuse_leaf",
            (
                "if target.tracked and target.node is None:",
                "if target.tracked and target.node is None and base is not None:",
            ),
        ),
    ),
)

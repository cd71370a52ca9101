"""Faults of backward."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "the-backward-of-sum-divides-by-the-number-of-elements-as-that-of-mean",
        "tape.backward",
        edited(
            "arithmetic.reduction:SumBackward0.backward",
            ("return spread(gradient,", "return spread(gradient / gradient.dtype.type(np.prod(self.shape)),"),
        ),
        also=these(
            "*: second-gradient",
            "create_graph: gradient-penalty of-a-linear-function of-grad-outputs second-derivative",
            "custom_function: apply several-outputs",
            "embedding_module: padding-fixed",
            "tensor_hook: called",
            "tensor_view: base-changed-in-place changed-in-place gradient",
            "data: update-in-place update-is-not-noticed",
            "detach: leaves-the-tensor-alone stops-gradients",
            "leaf: begins-to-require constant-gets-no-gradient frozen only-leaves-get-gradients",
            "no_grad: update-in-place",
            "prelu_module: learnt",
            "retain_grad: fills of-a-leaf",
            "retain_graph: keeps",
            "tape: accumulates accumulates-in-its-graph accumulates-onto-assigned backward-of-scalar-with-gradient",
            "tape: chain-rule gradient-shape shared-parameter used-twice",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "the-implicit-gradient-is-allowed-for-0-d-tensors-only",
        "tape.backward-of-one-element",
        edited("autograd.engine:_root", ("if tensor.array.size != 1:", "if tensor.array.ndim != 0:")),
        stumbles=True,
        also=these("inference_mode: clone", "no_grad: enable-grad result-is-a-constant-later"),
    ),
    Fault(
        "the-implicit-gradient-is-ones-of-any-shape",
        "tape.backward-of-several-elements",
        edited("autograd.engine:_root", ("if tensor.array.size != 1:", "if tensor.array.size < 1:")),
    ),
    Fault(
        "a-given-gradient-is-replaced-by-its-sign",
        "tape.backward-with-gradient",
        edited(
            "autograd.engine:_root",
            (
                "return edge_of(tensor), seed if seed.array",
                "return edge_of(tensor), wrap(np.sign(seed.array)) if tensor.array.size != 1 else seed if seed.array",
            ),
        ),
        also=these(
            "*: second-gradient gradient-alone",
            "autograd_grad: sums-outputs",
            "create_graph: of-grad-outputs in-the-incoming-gradient",
            "post_accumulate_hook: updates-in-place",
            "tensor_hook: replaces",
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
            "hardtanh: gradient-at-limits",
            "huber_loss: gradient-weight",
            "l1_loss: gradient-weight",
            "max_pool2d: gradient-at-ties",
            "mse_loss: gradient-weight",
            "relu6: gradient-at-limits",
            "softshrink: gradient-at-limits",
            "tape: accumulates-beside-the-given-gradient",
            "tutorial: backward-with-gradient",
            "upsample: layer-gradient",
            "batch_norm: layer-gradient",
        ),
    ),
    Fault(
        "the-gradient-of-a-scalar-is-always-1-a-given-one-is-ignored",
        "tape.backward-of-scalar-with-gradient",
        edited("autograd.engine:_root", ("if seed is None:", "if seed is None or tensor.array.size == 1:")),
        also=these(
            "*: second-gradient gradient-alone",
            "autograd_grad: none-among-grad-outputs",
            "*: gradient",
            "l1_loss: gradient-at-zero",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "a-gradient-that-broadcasts-to-the-outputs-shape-is-taken",
        "tape.backward-gradient-of-another-shape",
        edited(
            "autograd.engine:_root",
            (
                "if seed.array.shape != tensor.array.shape:",
                "if np.broadcast_shapes(seed.array.shape, tensor.array.shape) != tensor.array.shape:",
            ),
        ),
    ),
    Fault(
        "backward-of-an-untracked-tensor-does-nothing",
        "tape.backward-of-untracked",
        edited(
            "autograd.engine:backward",
            (
                "roots = _roots(tensors, grad_tensors)",
                "if isinstance(tensors, Tensor) and not tensors.tracked:\n"
                "        return\n"
                "    roots = _roots(tensors, grad_tensors)",
            ),
        ),
    ),
    Fault(
        "gradients-of-a-dimension-of-size-1-that-was-repeated-are-averaged-not-summed",
        "tape.gradient-shape",
        edited(
            "arithmetic._shared:reduced_to",
            (
                "summed: Array = gradient.sum(axis=(*range(extra), *repeated), keepdims=True)",
                "summed: Array = gradient.sum(axis=tuple(range(extra)), "
                "keepdims=True).mean(axis=tuple(repeated), keepdims=True)",
            ),
        ),
        also=these(
            "*: second-gradient gradient-alone",
            "batch_norm: gradient",
            "group_norm: gradient",
            "instance_norm: gradient",
            "prelu: gradient-at-zero",
            "prelu_module: learnt",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "gradients-are-always-float32",
        "tape.gradient-dtype",
        edited(
            "autograd.node:accumulate",
            (
                "variable.stored_grad = wrap(np.array(gradient, dtype=variable.array.dtype,",
                "variable.stored_grad = wrap(np.array(gradient, dtype=np.float32,",
            ),
        ),
        also=these("*: gradient gradient-eps layer-gradient", "tutorial_network: five-steps one-step"),
    ),
    Fault(
        "the-gradient-of-a-product-forgets-what-comes-for-its-first-factor",
        "tape.chain-rule",
        edited(
            "arithmetic.elementwise:MulBackward0.backward",
            ("reduced_to(gradient * b, self.shapes[0])", "reduced_to(gradient * 0 + b, self.shapes[0])"),
        ),
        also=these(
            "*: training-gradient gradient-alone",
            "*: second-gradient",
            "autograd_grad: is-no-part-of-the-graph none-among-grad-outputs of-results returns",
            "autograd_grad: sums-outputs",
            "backward_hook: called replaces-gradients",
            "backward_pre_hook: called replaces-gradients",
            "create_graph: backward mixed-derivative of-grad-outputs retains-the-graph",
            "create_graph: second-derivative third-derivative in-the-incoming-gradient",
            "tensor_hook: before-retained-gradient called replaces",
            "tensor_view: base-changed-in-place changed-in-place",
            "*: gradient gradient-weight",
            "retain_grad: all-uses fills",
            "tape: backward-of-scalar-with-gradient backward-with-gradient branches-meet control-flow",
            "tape: grad-function",
            "tape: gradient-shape new-graph-each-time used-twice",
            "batch_norm: layer-gradient",
        ),
    ),
    Fault(
        "the-backward-of-a-difference-forgets-the-minus-of-the-second-operand",
        "tape.every-leaf",
        edited(
            "arithmetic.elementwise:SubBackward0.backward",
            ("scaled = -gradient if self.alpha == 1 else", "scaled = gradient if self.alpha == 1 else"),
        ),
        also=these(
            "*: second-gradient",
            "pairwise_distance: gradient gradient-alone",
            "tanhshrink: gradient",
            "triplet_margin_loss: gradient gradient-alone",
            "triplet_margin_with_distance_loss: gradient gradient-alone",
        ),
    ),
    Fault(
        "item-takes-the-tensor-off-the-tape-as-numpy-does-elsewhere",
        "tape.control-flow",
        edited(
            "arithmetic.conversion:item",
            ("value = self.array.reshape(())[()]", "value = self.array.reshape(())[()]\n    self.node = None"),
        ),
        stumbles=True,
        also=these("create_graph: backward", "custom_function: setup-context"),
    ),
)

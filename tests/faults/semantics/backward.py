"""Faults of backward."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

FAULTS = (
    Fault(
        "the-backward-of-sum-divides-by-the-number-of-elements-as-that-of-mean",
        "tape.backward",
        edited(
            "arithmetic.reduction:SumBackward0.backward",
            ("return spread(gradient,", "return spread(gradient / gradient.dtype.type(np.prod(self.shape)),"),
        ),
    ),
    Fault(
        "the-implicit-gradient-is-allowed-for-0-d-tensors-only",
        "tape.backward-of-one-element",
        edited("autograd.engine:_root", ("if tensor.array.size != 1:", "if tensor.array.ndim != 0:")),
        stumbles=True,
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
                "return edge_of(tensor), seed.array.astype(tensor.array.dtype, copy=False)",
                "return edge_of(tensor), seed.array.astype(tensor.array.dtype, copy=False) if "
                "tensor.array.size == 1 else np.sign(seed.array)",
            ),
        ),
    ),
    Fault(
        "the-gradient-of-a-scalar-is-always-1-a-given-one-is-ignored",
        "tape.backward-of-scalar-with-gradient",
        edited("autograd.engine:_root", ("if seed is None:", "if seed is None or tensor.array.size == 1:")),
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
                "roots = _roots(tensors, grad_tensors, create_graph)",
                "if isinstance(tensors, Tensor) and not tensors.tracked:\n"
                "        return\n"
                "    roots = _roots(tensors, grad_tensors, create_graph)",
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
    ),
    Fault(
        "the-gradient-of-a-product-with-a-number-forgets-what-comes",
        "tape.chain-rule",
        edited(
            "arithmetic.elementwise:MulBackward0.backward",
            (
                "reduced_to(gradient * b, self.shapes[0]) if self.needs[0] else None,",
                "reduced_to(gradient * b if self.needs[1] else gradient * 0 + b, "
                "self.shapes[0]) if self.needs[0] else None,",
            ),
        ),
    ),
    Fault(
        "the-backward-of-a-difference-forgets-the-minus-of-the-second-operand",
        "tape.every-leaf",
        edited(
            "arithmetic.elementwise:SubBackward0.backward",
            ("scaled = -gradient if self.alpha == 1 else", "scaled = gradient if self.alpha == 1 else"),
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
    ),
)

"""Faults of views, of integers and of tensors that stop requiring gradients."""

from __future__ import annotations

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import backward, edited, forward, these

FAULTS = (
    Fault(
        "the-gradient-of-a-row-goes-to-the-first-row",
        "tensor_view.gradient",
        backward("SelectBackward0", lambda right, node, gradient: np.roll(right(node, gradient), 1, axis=0)),
        also=these("lbfgs: closure strong-wolfe"),
    ),
    Fault(
        "a-view-is-a-copy",
        "tensor_view.shares-memory",
        forward("ViewBackward0", lambda right, node, x, shape: right(node, x, shape).copy()),
    ),
    Fault(
        "a-change-of-a-view-is-no-part-of-the-history-of-its-base",
        "tensor_view.changed-in-place",
        edited("autograd.inplace:_rebase", ("if base is None:", "if base is None or True:")),
    ),
    Fault(
        "a-view-keeps-the-history-that-it-had",
        "tensor_view.base-changed-in-place",
        edited("autograd.function:refresh", ("view.base_node is base.node:", "view.node is not None:")),
    ),
    Fault(
        "a-change-through-a-view-is-not-counted",
        "tensor_view.saved-part-changed",
        edited("autograd.inplace:store", ("target.counter.value += 1", "target.counter.value += target.base is None")),
    ),
    Fault(
        "integers-may-require-gradients",
        "leaf.integers",
        edited(
            "autograd.properties:require_floating",
            ("if requires_grad and tensor", "if requires_grad is None and tensor"),
        ),
    ),
    Fault(
        "integer-results-are-tracked",
        "leaf.integer-result",
        edited("autograd.function:_attach", ('not in "biu"', 'not in "b"')),
    ),
    Fault(
        "a-leaf-that-was-used-stays-tracked",
        "leaf.frozen-after-use",
        edited(
            "autograd.properties:_set_requires_grad",
            ("tensor.tracked = bool(value)", "tensor.tracked = bool(value) or tensor.accumulator is not None"),
        ),
    ),
)

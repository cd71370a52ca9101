"""Faults of relu."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import changed, forward, gradients, method, operator, tape, these, through, widened
from tests.faults.activation._shared import computed_in_place

_PASS = "ReluBackward0"
_LAYER = "operators.activation.relu:ReLU.forward"


def _result(change: Any) -> Any:
    return operator("relu", lambda right, input, inplace: changed(right(input, inplace), change))


def _derivative(derivative: Any) -> Any:
    """Return a relu whose gradient is multiplied by ``derivative(x)``."""
    wrong = tape(_PASS, lambda x: np.maximum(x, x.dtype.type(0)), lambda x, g: (g * derivative(x)).astype(g.dtype))
    return operator("relu", lambda right, input, inplace: right(input, inplace=True) if inplace else wrong(input))


def _leaky(right: Any, input: Any, inplace: bool) -> Any:
    """A slope of 0.01 for negative elements, left over from a leaky relu."""
    return right(input, inplace) - right(-input) * 0.01


def _by_mask(right: Any, node: Any, x: Any) -> Any:
    """X times (x > 0): minus infinity times 0 is no number."""
    right(node, x)
    return x * (x > 0)


def _in_memory_of_input(right: Any, node: Any, x: Any) -> Any:
    result = right(node, x)
    x[...] = result
    return result


def _at_least_one_dimension(right: Any, input: Any, inplace: bool) -> Any:
    result = right(input, inplace)
    return result if result.ndim else result.reshape(1)


def _no_empty(right: Any, input: Any, inplace: bool) -> Any:
    if 0 in input.shape:
        raise RuntimeError("relu: the tensor is empty")
    return right(input, inplace)


def _one_less_dimension(right: Any, input: Any, inplace: bool) -> Any:
    """Four dimensions are taken for a batch of images of one channel less one."""
    result = right(input, inplace)
    return result.squeeze(2) if result.ndim == 4 and result.shape[2] == 1 else result


FAULTS = (
    Fault(
        "leaky",
        "relu.value",
        operator("relu", _leaky),
        also=these(
            "graph: tutorial-*",
            "relu: *",
            "triplet_margin_loss: *",
            "triplet_margin_with_distance_loss: *",
            "tutorial_network: gradient loss one-step output five-steps",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "six-at-most",
        "relu.value",
        _result(lambda y: np.minimum(y, y.dtype.type(6))),
        also=these(
            "module: state-dict-round-trip",
            "relu: infinities layer",
            "sequential: same-as-subclass",
            "tutorial: first-bias-gradient loss loss-falls manual-update output",
        ),
    ),
    Fault(
        "float64-in-float32",
        "relu.value",
        _result(through("float32")),
        also=these("relu: any-shape layer", "tutorial_network: gradient loss one-step output five-steps"),
    ),
    Fault(
        "scalar-becomes-vector",
        "relu.any-shape",
        operator("relu", _at_least_one_dimension),
        also=these("relu: gradient layer value"),
    ),
    Fault(
        "empty-refused",
        "relu.any-shape",
        operator("relu", _no_empty),
        stumbles=True,
        also=these("relu: gradient layer value"),
    ),
    Fault(
        "dimension-of-one-lost",
        "relu.any-shape",
        operator("relu", _one_less_dimension),
        also=these("relu: gradient layer"),
    ),
    Fault(
        "times-its-mask",
        "relu.infinities",
        forward(_PASS, _by_mask),
        also=these("relu: layer", "create_graph: in-the-incoming-gradient"),
    ),
    Fault(
        "clipped-to-finite",
        "relu.infinities",
        _result(lambda y: np.minimum(y, np.finfo(y.dtype).max)),
        also=these("relu: layer"),
    ),
    Fault(
        "straight-through",
        "relu.gradient",
        _derivative(np.ones_like),
        also=these(
            "relu: gradient-at-zero",
            "tutorial_network: gradient one-step five-steps",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "derivative-of-a-leaky-relu",
        "relu.gradient",
        _derivative(lambda x: np.where(x > 0, 1, 0.01)),
        also=these(
            "relu: gradient-at-zero",
            "tutorial_network: gradient one-step five-steps",
            "create_graph: in-the-incoming-gradient",
        ),
    ),
    Fault(
        "gradient-in-float32",
        "relu.gradient",
        gradients(_PASS, through("float32")),
        also=these("relu: gradient-at-zero", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault("one-at-zero", "relu.gradient-at-zero", _derivative(lambda x: x >= 0)),
    Fault("half-at-zero", "relu.gradient-at-zero", _derivative(lambda x: np.where(x == 0, 0.5, x > 0))),
    Fault("derivative-by-sign", "relu.gradient-at-zero", _derivative(lambda x: 1.0 - np.signbit(x))),
    Fault(
        "result-always-float64",
        "relu.dtype",
        widened("relu"),
        also=these("graph: tutorial-*", "sequential: same-as-subclass", "tutorial: *", "tutorial_network: *"),
    ),
    Fault("in-memory-of-input", "relu.purity", forward(_PASS, _in_memory_of_input)),
    Fault(
        "layer-is-absolute-value",
        "relu.layer",
        method(_LAYER, lambda right, layer, input: right(layer, input) + right(layer, -input)),
        also=these("sequential: same-as-subclass"),
    ),
    *computed_in_place("relu", operator("relu", lambda right, input, inplace: input if inplace else right(input))),
)

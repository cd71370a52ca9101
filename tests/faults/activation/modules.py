"""Faults of what activations do as modules."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import method
from tests.faults.activation._shared import F

_PLACE = "operators.activation."


def _before_the_image(_: Any, __: Any, input: Any) -> Any:
    """The dimension before the channels of a batch: the batch itself."""
    return F.softmax(input, 0)


def _always_batched(_: Any, __: Any, input: Any) -> Any:
    """The second dimension, whether there is a batch or not."""
    return F.softmax(input, 1)


def _any_dimensions(_: Any, __: Any, input: Any) -> Any:
    return F.softmax(input, -3 if input.ndim > 2 else 0)


def _other_init(right: Any, module: Any, num_parameters: int = 1, init: float = 0.25, **others: Any) -> None:
    """The slope of a leaky rectifier to begin with, and init forgotten."""
    right(module, num_parameters, 0.01 if init == 0.25 else init, **others)


def _constant_slopes(_: Any, module: Any, input: Any) -> Any:
    return F.prelu(input, module.weight.detach())


def _lower_in_evaluation(right: Any, module: Any, input: Any) -> Any:
    return right(module, input) if module.training else F.leaky_relu(input, module.lower)


def _never_random(_: Any, module: Any, input: Any) -> Any:
    return F.rrelu(input, module.lower, module.upper, False)


def _both_signs(right: Any, module: Any, input: Any) -> Any:
    """The random slopes multiply every element."""
    return right(module, -right(module, -input)) if module.training else right(module, input)


def _copied(right: Any, module: Any, input: Any) -> Any:
    return right(module, input.clone())


def _deprecated_ignored(
    right: Any, module: Any, *given: Any, min_value: Any = None, max_value: Any = None, **o: Any
) -> None:
    del min_value, max_value
    right(module, *given, **o)


FAULTS = (
    Fault(
        "over-the-batch",
        "softmax2d_module.channels",
        method(f"{_PLACE}softmax:Softmax2d.forward", _before_the_image),
        also=("softmax2d_module.dimensions",),
    ),
    Fault(
        "always-batched",
        "softmax2d_module.unbatched",
        method(f"{_PLACE}softmax:Softmax2d.forward", _always_batched),
        also=("softmax2d_module.dimensions",),
    ),
    Fault(
        "any-dimensions", "softmax2d_module.dimensions", method(f"{_PLACE}softmax:Softmax2d.forward", _any_dimensions)
    ),
    Fault(
        "slope-of-a-leaky-relu",
        "prelu_module.initial-slope",
        method(f"{_PLACE}prelu:PReLU.__init__", _other_init),
        ("prelu.initial-weight",),
    ),
    Fault(
        "slopes-are-constants",
        "prelu_module.learnt",
        method(f"{_PLACE}prelu:PReLU.forward", _constant_slopes),
        stumbles=True,
    ),
    Fault("lower-bound-alone", "rrelu_module.evaluation", method(f"{_PLACE}rrelu:RReLU.forward", _lower_in_evaluation)),
    Fault("never-random", "rrelu_module.training", method(f"{_PLACE}rrelu:RReLU.forward", _never_random)),
    Fault("every-element", "rrelu_module.training-positive", method(f"{_PLACE}rrelu:RReLU.forward", _both_signs)),
    Fault(
        "copied",
        "activation_module.in-place",
        method(f"{_PLACE}leaky_relu:LeakyReLU.forward", _copied),
        also=("leaky_relu.layer-in-place",),
    ),
    Fault(
        "deprecated-ignored",
        "hardtanh_module.deprecated-names",
        method(f"{_PLACE}hardtanh:Hardtanh.__init__", _deprecated_ignored),
    ),
)

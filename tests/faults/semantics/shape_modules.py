"""Faults of modules that move numbers or keep them."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import edited, method, these

_IDENTITY = "operators.linear.identity:Identity"


def _at_least_one(right: Any, module: Any, input: Any) -> Any:
    """A number comes back as a list of one."""
    return right(module, input.reshape(1) if input.ndim == 0 else input)


def _no_names(right: Any, module: Any, *arguments: Any) -> None:
    right(module, *arguments)


def _off_the_tape(right: Any, module: Any, input: Any) -> Any:
    return right(module, input.detach() * 1.0 + input * 2.0 - input.detach() * 2.0 if input.requires_grad else input)


def _at_least_one_feature(right: Any, module: Any, in1_features: Any, *others: Any, **options: Any) -> None:
    right(module, max(in1_features, 1), *others, **options)


def _tuples_alone(right: Any, module: Any, dim: Any, unflattened_size: Any) -> None:
    if isinstance(unflattened_size, list):
        raise TypeError("Unflatten: unflattened_size: expected a tuple")
    right(module, dim, unflattened_size)


FAULTS = (
    Fault("a-list-of-one", "identity_module.output", method(f"{_IDENTITY}.forward", _at_least_one)),
    Fault("no-names", "identity_module.arguments", method(f"{_IDENTITY}.__init__", _no_names), stumbles=True),
    Fault("gradient-doubled", "identity_module.gradient", method(f"{_IDENTITY}.forward", _off_the_tape)),
    Fault(
        "neighbours-count-at-the-corners",
        "interpolation.bicubic-corners",
        edited("operators.vision._taps:cubic_kernel", ("(alpha + 3)", "(alpha + 2)")),
        also=these("grid_sample: bicubic gradient"),
    ),
    Fault(
        "one-feature-at-least",
        "bilinear_module.in-features",
        method("operators.linear.bilinear:Bilinear.__init__", _at_least_one_feature),
    ),
    Fault(
        "only-the-first-checked",
        "bilinear_module.other-features",
        edited(
            "operators.linear.bilinear:Bilinear.__init__",
            (', ("in2", in2_features), ("out", out_features)):', ",):"),
        ),
    ),
    Fault(
        "tuples-alone",
        "unflatten_module.sizes",
        method("operators.linear.unflatten:Unflatten.__init__", _tuples_alone),
        stumbles=True,
    ),
)

"""Faults of rrelu."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.activation._shared import at, derived, elementwise, filled, forced, mistaken, slip, steeper


def _mean_gradient(right: Any, input: Any, training: bool, **given: Any) -> Any:
    """In training the gradient is that of evaluation."""
    evaluated = right(input=input, training=False, **given)
    if not training:
        return evaluated
    drawn = right(input=input.detach(), training=True, **given)
    return evaluated + (drawn - evaluated.detach())


FAULTS = (
    slip(
        "rrelu",
        "value",
        "lower-bound-for-the-mean",
        filled("rrelu", lambda right, **given: right(**{**given, "upper": given["lower"]})),
    ),
    slip("rrelu", "defaults", "upper-is-a-half", mistaken("rrelu", "upper", 1 / 3, 1 / 2)),
    slip("rrelu", "defaults", "lower-is-a-quarter", mistaken("rrelu", "lower", 1 / 8, 1 / 4)),
    slip("rrelu", "defaults", "always-in-training", mistaken("rrelu", "training", False, True)),
    slip("rrelu", "gradient-at-zero", "one-at-zero", steeper("rrelu", at(0.0, by=0.5)), alone=True),
    Fault(
        "one-slope-for-all",
        "rrelu.training",
        edited("operators.activation.rrelu:rrelu", ("drawn * (upper", "drawn.flat[0] * (upper")),
        also=("rrelu_module.training",),
    ),
    slip(
        "rrelu",
        "training",
        "half-of-the-range",
        edited("operators.activation.rrelu:rrelu", ("drawn * (upper - lower)", "drawn * (upper - lower) / 2")),
        alone=True,
    ),
    slip("rrelu", "training", "never-random", forced("rrelu", training=False), alone=True),
    slip("rrelu", "training-gradient", "gradient-of-the-mean", filled("rrelu", _mean_gradient), alone=True),
    *elementwise("rrelu", in_place=True),
    *derived("rrelu", kinks=True),
)

"""Faults of alpha_dropout."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import edited, operator
from tests.faults.dropout._shared import kind, rare, shapes

_SATURATED = "operators.dropout._shared:saturated"


def _training_by_default(right: Any, input: Any, p: float, training: bool, inplace: bool) -> Any:
    return right(input, p, training or (p == 0.5 and not inplace), inplace)


FAULTS = (
    *kind("alpha_dropout", "AlphaDropout", alpha=True),
    *rare("alpha_dropout"),
    shapes("alpha_dropout"),
    Fault(
        "training-by-default",
        "alpha_dropout.default-evaluation",
        operator("alpha_dropout", _training_by_default),
        ("alpha_dropout.*",),
    ),
    Fault(
        "zero-for-saturation",
        "alpha_dropout.training",
        edited(_SATURATED, ("np.where(kept, p, p - 1)", "np.where(kept, p, p)")),
        ("*alpha_dropout.*",),
    ),
    Fault(
        "variance-of-zeros",
        "alpha_dropout.training",
        edited(_SATURATED, ("(1 + p * _SATURATION**2)", "(1 + p * _SATURATION)")),
        ("*alpha_dropout.*",),
    ),
)

"""Faults of threshold."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import changed
from tests.faults.activation._shared import F, derived, elementwise, filled, layer, slip


def _at_least_the_value(right: Any, **given: Any) -> Any:
    """The larger of the two, as in a rectifier."""
    return right(**{**given, "threshold": given["value"]})


def _ends_kept(right: Any, input: Any, threshold: float, value: float, inplace: bool) -> Any:
    """A number equal to the threshold is kept."""
    kept = input.array.copy()
    result = right(input, threshold, value, inplace)
    return changed(result, lambda y: np.where(kept == threshold, kept, y))


FAULTS = (
    slip("threshold", "value", "at-least-the-value", filled("threshold", _at_least_the_value)),
    slip("threshold", "at-the-threshold", "equal-kept", filled("threshold", _ends_kept), alone=True),
    layer(
        "threshold",
        "Threshold",
        lambda _, module, input: F.threshold(input, module.value, module.threshold),
        "options-in-the-other-order",
    ),
    *elementwise("threshold", in_place=True),
    *derived("threshold"),
)

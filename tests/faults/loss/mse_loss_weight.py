"""Faults of the weights of mse_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator
from tests.faults.loss._shared import ignored, slip

_NAME = "mse_loss"


def _mean_of_weights_squared(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / (weight * weight).sum()


def _weight_forgotten_backwards(right: Any, weight: Any, **given: Any) -> Any:
    result = right(weight=weight, **given)
    if weight is None:
        return result
    plain = right(weight=None, **given)
    return plain + (result - plain).detach()


FAULTS = (
    ignored(_NAME, "weight", weight=None),
    slip(_NAME, "weight-mean", "mean-by-squared-weights", operator(_NAME, _mean_of_weights_squared)),
    slip(
        _NAME,
        "gradient-weight",
        "weight-forgotten-backwards",
        operator(_NAME, _weight_forgotten_backwards),
        alone=True,
    ),
)

"""Faults of multi_margin_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._base import torch
from tests.faults._planting import operator
from tests.faults.loss._shared import accepted, derived, ignored, reductions, scaled, shapes, slip

_NAME = "multi_margin_loss"


def _over_weights(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    """A weighted mean over the sum of the weights."""
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / weight.sum()


def _weight_filled(right: Any, input: Any, weight: Any, **given: Any) -> Any:
    classes = input.shape[0 if input.ndim == 1 else 1]
    if weight is not None and weight.shape[0] < classes:
        weight = torch.ones(classes, dtype=weight.dtype)
    return right(input=input, weight=weight, **given)


FAULTS = (
    scaled(_NAME, "value", "not-over-the-classes", lambda input, **_: input.shape[-1]),
    ignored(_NAME, "p", p=1),
    ignored(_NAME, "margin", margin=1.0),
    ignored(_NAME, "weight", weight=None),
    slip(_NAME, "weight", "mean-over-the-weights", operator(_NAME, _over_weights)),
    shapes(_NAME, "unbatched", scalar=False),
    *reductions(_NAME),
    accepted(_NAME, "p-values", "at-most-two", p=lambda p: min(p, 2)),
    slip(_NAME, "weight-size", "ones-instead", operator(_NAME, _weight_filled), alone=True),
    *derived(_NAME, "MultiMarginLoss"),
)

"""Faults of multilabel_soft_margin_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator, option
from tests.faults.loss._shared import derived, ignored, reductions, scaled, slip

_NAME = "multilabel_soft_margin_loss"


def _over_weights(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    """A weighted mean over the sum of the weights."""
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / weight.sum()


FAULTS = (
    scaled(_NAME, "value", "not-over-the-classes", lambda input, **_: input.shape[-1]),
    slip(_NAME, "value", "labels-swapped", option(_NAME, target=lambda y: 1 - y)),
    ignored(_NAME, "weight", weight=None),
    slip(_NAME, "weight", "mean-over-the-weights", operator(_NAME, _over_weights)),
    *reductions(_NAME),
    *derived(_NAME, "MultiLabelSoftMarginLoss"),
)

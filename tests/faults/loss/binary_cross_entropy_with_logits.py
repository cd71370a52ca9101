"""Faults of binary_cross_entropy_with_logits."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method, operator
from tests.faults.loss._shared import cut, derived, empty, ignored, mean_by, reductions, shapes, slip

_NAME = "binary_cross_entropy_with_logits"


def _over_weights(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    """A weighted mean over the sum of the weights."""
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / weight.sum()


def _plain(right: Any, node: Any, x: Any, y: Any, weight: Any, pos_weight: Any) -> Any:
    """A sigmoid, and then its logarithms."""
    if weight is not None or pos_weight is not None or not np.any(abs(x) > 80):
        return right(node, x, y, weight, pos_weight)
    s = 1 / (1 + np.exp(-x))
    return -(y * np.log(s) + (1 - y) * np.log(1 - s))


def _overflowing(right: Any, node: Any, x: Any, y: Any, weight: Any, pos_weight: Any) -> Any:
    """A sigmoid that overflows."""
    to_x, *others = right(node, x, y, weight, pos_weight)
    return np.where(abs(x) > 80, np.exp(x) / np.exp(x) * 0.5 - y, to_x), *others


def _both_classes(right: Any, weight: Any, pos_weight: Any, **given: Any) -> Any:
    """pos_weight multiplies both terms."""
    if pos_weight is not None:
        weight = pos_weight if weight is None else weight * pos_weight
    return right(weight=weight, pos_weight=None, **given)


def _pos_weight_cut(right: Any, input: Any, pos_weight: Any, **given: Any) -> Any:
    if pos_weight is not None and pos_weight.ndim == 1 and pos_weight.shape[0] < input.shape[-1]:
        pos_weight = pos_weight[:1]
    return right(input=input, pos_weight=pos_weight, **given)


_FUNCTION = "operators.loss.binary_cross_entropy_with_logits:BinaryCrossEntropyWithLogitsBackward0"


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    ignored(_NAME, "weight", weight=None),
    slip(_NAME, "weight", "mean-over-the-weights", operator(_NAME, _over_weights)),
    ignored(_NAME, "pos-weight", pos_weight=None),
    slip(_NAME, "pos-weight", "both-classes", operator(_NAME, _both_classes)),
    slip(_NAME, "pos-weight-size", "first-for-all", operator(_NAME, _pos_weight_cut), alone=True),
    slip(_NAME, "stable", "logarithm-of-the-sigmoid", method(f"{_FUNCTION}.losses", _plain), alone=True),
    slip(_NAME, "gradient-stable", "sigmoid-overflows", method(f"{_FUNCTION}.slopes", _overflowing), alone=True),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    *derived(_NAME, "BCEWithLogitsLoss", kinks=True),
    cut(_NAME),
)

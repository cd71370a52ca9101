"""Faults of binary_cross_entropy."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method, operator
from tests.faults.loss._shared import cut, derived, empty, ignored, mean_by, reductions, shapes, slip

_NAME = "binary_cross_entropy"


def _over_weights(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    """A weighted mean over the sum of the weights."""
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / weight.sum()


def _one_sided(right: Any, target: Any, **given: Any) -> Any:
    """Only the positive class's term, doubled."""
    return right(target=(target + 1) * 0.5, **given)


def _infinite(right: Any, node: Any, x: Any, y: Any, weight: Any) -> Any:
    """The logarithms without their clamp."""
    losses = right(node, x, y, weight)
    return np.where((x == 0) | (x == 1), -(y * np.log(x) + (1 - y) * np.log(1 - x)), losses)


def _not_repeated(right: Any, input: Any, weight: Any, **given: Any) -> Any:
    if weight is not None and weight.shape != input.shape:
        raise RuntimeError("binary_cross_entropy: expected a weight of the input's shape")
    return right(input=input, weight=weight, **given)


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    slip(_NAME, "value", "targets-shifted", operator(_NAME, _one_sided)),
    ignored(_NAME, "weight", weight=None),
    slip(_NAME, "weight", "mean-over-the-weights", operator(_NAME, _over_weights)),
    slip(_NAME, "weight-repeated", "weight-not-repeated", operator(_NAME, _not_repeated), stumbles=True),
    slip(
        _NAME,
        "clamp",
        "logarithms-not-clamped",
        method("operators.loss.binary_cross_entropy:BinaryCrossEntropyBackward0.losses", _infinite),
    ),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    *derived(_NAME, "BCELoss"),
    cut(_NAME),
)

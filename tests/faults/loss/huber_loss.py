"""Faults of huber_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method, operator
from tests.faults.loss._shared import (
    accepted,
    cut,
    derived,
    empty,
    ignored,
    mean_by,
    reductions,
    scaled,
    shapes,
    slip,
)

_NAME = "huber_loss"
_LOSSES = "operators.loss.huber_loss:HuberLossBackward0.losses"


def _smooth_l1(right: Any, delta: float, **given: Any) -> Any:
    """The smooth L1 loss, which is delta times as small."""
    return right(delta=delta, **given) / delta


def _pieces_apart(right: Any, node: Any, x: Any, y: Any, delta: float) -> Any:
    """At delta itself the pieces do not meet."""
    distance = np.abs(x - y)
    return np.where(distance == delta, distance, right(node, x, y, delta))


def _over_weights(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    """A weighted mean over the sum of the weights."""
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / weight.sum()


def _weight_forgotten_backwards(right: Any, weight: Any, **given: Any) -> Any:
    """The weights act on the value only."""
    result = right(weight=weight, **given)
    if weight is None:
        return result
    plain = right(weight=None, **given)
    return plain + (result - plain).detach()


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    scaled(_NAME, "value", "without-the-half", lambda **_: 2.0),
    ignored(_NAME, "delta", delta=1.0),
    slip(_NAME, "delta", "smooth-l1-instead", operator(_NAME, _smooth_l1)),
    slip(_NAME, "at-delta", "pieces-do-not-meet", method(_LOSSES, _pieces_apart)),
    slip(_NAME, "weight", "mean-over-the-weights", operator(_NAME, _over_weights)),
    slip(
        _NAME,
        "gradient-weight",
        "weight-forgotten-backwards",
        operator(_NAME, _weight_forgotten_backwards),
        alone=True,
    ),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    accepted(_NAME, "delta-sign", "absolute-delta", delta=lambda delta: abs(delta) + 1e-3 if delta <= 0 else delta),
    *derived(_NAME, "HuberLoss", kinks=True),
    cut(_NAME),
)

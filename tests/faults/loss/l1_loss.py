"""Faults of l1_loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tests.faults._planting import method, operator
from tests.faults.loss._shared import cut, derived, empty, ignored, mean_by, reductions, scaled, shapes, slip

_SLOPES = "operators.loss.l1_loss:L1LossBackward0.slopes"


def _mean_of_weights_squared(right: Any, weight: Any, reduction: str, **given: Any) -> Any:
    if weight is None or reduction != "mean":
        return right(weight=weight, reduction=reduction, **given)
    return right(weight=weight, reduction="sum", **given) / (weight * weight).sum()


def _one_at_zero(right: Any, node: Any, x: Any, y: Any) -> Any:
    del right, node
    sign = np.where(x - y >= 0, 1, -1).astype(x.dtype)
    return sign, -sign


def _weight_forgotten_backwards(right: Any, input: Any, weight: Any, **given: Any) -> Any:
    """The weights act on the value only."""
    result = right(input=input, weight=weight, **given)
    if weight is None:
        return result
    plain = right(input=input, weight=None, **given)
    return plain + (result - plain).detach()


_OWN = (
    mean_by("l1_loss", "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    scaled("l1_loss", "value", "half-of-it", lambda **_: 0.5),
    *reductions("l1_loss"),
    shapes("l1_loss"),
    empty("l1_loss"),
    ignored("l1_loss", "weight", weight=None),
    slip("l1_loss", "weight-mean", "mean-by-squared-weights", operator("l1_loss", _mean_of_weights_squared)),
    slip(
        "l1_loss",
        "gradient-weight",
        "weight-forgotten-backwards",
        operator("l1_loss", _weight_forgotten_backwards),
        alone=True,
    ),
    slip("l1_loss", "gradient-at-zero", "one-at-zero", method(_SLOPES, _one_at_zero), alone=True),
    *derived("l1_loss", "L1Loss", kinks=True),
    cut("l1_loss"),
)

FAULTS = tuple(replace(fault, also=(*fault.also, "smooth_l1_loss.beta-zero")) for fault in _OWN)
"""smooth_l1_loss is l1_loss where beta is 0, in the reference too."""

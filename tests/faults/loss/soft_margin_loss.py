"""Faults of soft_margin_loss."""

from __future__ import annotations

from tests.faults._planting import option
from tests.faults.loss._shared import derived, empty, mean_by, reductions, shapes, slip

_NAME = "soft_margin_loss"


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    slip(_NAME, "value", "labels-swapped", option(_NAME, target=lambda y: -y)),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    *derived(_NAME, "SoftMarginLoss"),
)

"""Faults of margin_ranking_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator, option
from tests.faults.loss._shared import derived, empty, ignored, reductions, shapes, slip

_NAME = "margin_ranking_loss"


def _broadcast(right: Any, target: Any, input1: Any, **given: Any) -> Any:
    return right(target=target.reshape(1) if target.ndim < input1.ndim else target, input1=input1, **given)


FAULTS = (
    slip(_NAME, "value", "labels-swapped", option(_NAME, target=lambda y: -y)),
    ignored(_NAME, "margin", margin=0.0),
    slip(_NAME, "margin", "margin-subtracted", option(_NAME, margin=lambda margin: -margin)),
    *reductions(_NAME, "input1"),
    shapes(_NAME, "no-dimension", first="input1"),
    empty(_NAME, "input1"),
    *derived(_NAME, "MarginRankingLoss", first="input1"),
    slip(_NAME, "shape-mismatch", "label-broadcast", operator(_NAME, _broadcast), alone=True),
)

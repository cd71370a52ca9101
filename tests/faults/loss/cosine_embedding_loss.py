"""Faults of cosine_embedding_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator, option
from tests.faults.loss._shared import derived, empty, ignored, reductions, shapes, slip

_NAME = "cosine_embedding_loss"


def _first_label(right: Any, target: Any, **given: Any) -> Any:
    return right(target=target[:, 0] if target.ndim == 2 else target, **given)


FAULTS = (
    slip(_NAME, "value", "labels-swapped", option(_NAME, target=lambda y: -y)),
    ignored(_NAME, "margin", margin=0.0),
    *reductions(_NAME, "input1"),
    shapes(_NAME, "unbatched", scalar=False, first="input1"),
    empty(_NAME, "input1"),
    *derived(_NAME, "CosineEmbeddingLoss", first="input1"),
    slip(_NAME, "label-shape", "first-label", operator(_NAME, _first_label), alone=True),
)

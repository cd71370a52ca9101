"""Faults of hinge_embedding_loss."""

from __future__ import annotations

from tests.faults._planting import option
from tests.faults.loss._shared import derived, empty, ignored, mean_by, reductions, shapes, slip

_NAME = "hinge_embedding_loss"


FAULTS = (
    mean_by(_NAME, "value", "mean-over-the-batch", lambda input, **_: input.shape[0] if input.ndim else 1),
    slip(_NAME, "value", "labels-swapped", option(_NAME, target=lambda y: -y)),
    ignored(_NAME, "margin", margin=1.0),
    *reductions(_NAME),
    shapes(_NAME),
    empty(_NAME),
    *derived(_NAME, "HingeEmbeddingLoss"),
)

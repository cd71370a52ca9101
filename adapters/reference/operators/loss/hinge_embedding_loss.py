"""hinge_embedding_loss: distances of similar pairs, and what dissimilar ones lack to a margin."""

from __future__ import annotations

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    LossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
)
from adapters.reference.tensor import Tensor

__all__ = ["HingeEmbeddingLoss", "hinge_embedding_loss"]


class HingeEmbeddingLossBackward0(ElementLoss):
    """``x`` where y is 1 and ``max(0, margin - x)`` where it is -1; reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, margin: float) -> Array:
        """The distance, or what it lacks."""
        return np.where(y > 0, x, np.maximum(margin - x, x.dtype.type(0)))

    def slopes(self, x: Array, y: Array, margin: float) -> tuple[Array, None]:
        """1, or -1 below the margin and 0 beyond."""
        return np.where(y > 0, 1, np.where(x < margin, -1, 0)).astype(x.dtype), None


def hinge_embedding_loss(
    input: Tensor,
    target: Tensor,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the losses of the distances ``input`` with the labels ``target``, reduced.

    Args:
        input: Distances, of any shape.
        target: 1 for similar pairs, -1 for others.
        margin: What distances of dissimilar pairs must reach.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The shapes do not broadcast.
    """
    reduction = chosen_reduction("hinge_embedding_loss", reduction, size_average, reduce)
    input, target = pair_of_tensors("hinge_embedding_loss", input, target)
    return element_loss(HingeEmbeddingLossBackward0, (input, target), reduction, margin)


class HingeEmbeddingLoss(LossModule):
    """The losses of labelled distances, as a module; see :func:`hinge_embedding_loss` for its arguments."""

    def __init__(
        self,
        margin: float = 1.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` with the labels ``target``."""
        return hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)

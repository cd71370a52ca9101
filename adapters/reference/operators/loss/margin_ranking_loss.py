"""margin_ranking_loss: what pairs lack to being in the right order by a margin."""

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

__all__ = ["MarginRankingLoss", "margin_ranking_loss"]


class MarginRankingLossBackward0(ElementLoss):
    """``max(0, -y (x1 - x2) + margin)``, reduced."""

    __slots__ = ()

    def losses(self, first: Array, second: Array, y: Array, margin: float) -> Array:
        """What is lacking."""
        lacking: Array = np.maximum(-y * (first - second) + margin, first.dtype.type(0))
        return lacking

    def slopes(self, first: Array, second: Array, y: Array, margin: float) -> tuple[Array, Array, None]:
        """``-y`` and ``y`` where something is lacking."""
        slope = np.where(-y * (first - second) + margin > 0, -y, y.dtype.type(0))
        return slope, -slope, None


def margin_ranking_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return what the pairs of ``input1`` and ``input2`` lack to the order that ``target`` says, reduced.

    Args:
        input1: Scores.
        input2: Scores of the same shape.
        target: 1 where the first is to be the larger, -1 where the second is.
        margin: By how much it is to be the larger.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The three have different numbers of dimensions, or do not broadcast.
    """
    reduction = chosen_reduction("margin_ranking_loss", reduction, size_average, reduce)
    if not input1.ndim == input2.ndim == target.ndim:
        raise RuntimeError(
            "margin_ranking_loss: expected inputs and target of one number of dimensions, not of shapes "
            f"{tuple(input1.shape)}, {tuple(input2.shape)} and {tuple(target.shape)}"
        )
    input1, input2 = pair_of_tensors("margin_ranking_loss", input1, input2)
    input1, target = pair_of_tensors("margin_ranking_loss", input1, target)
    return element_loss(MarginRankingLossBackward0, (input1, input2, target), reduction, margin)


class MarginRankingLoss(LossModule):
    """What pairs lack to an order, as a module; see :func:`margin_ranking_loss` for its arguments."""

    def __init__(
        self,
        margin: float = 0.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input1`` and ``input2`` with the labels ``target``."""
        return margin_ranking_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)

"""smooth_l1_loss: squared near 0, absolute beyond."""

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
from adapters.reference.operators.loss.l1_loss import l1_loss
from adapters.reference.tensor import Tensor

__all__ = ["SmoothL1Loss", "smooth_l1_loss"]


class SmoothL1LossBackward0(ElementLoss):
    """``(x - y) ** 2 / (2 beta)`` below beta, ``|x - y| - beta / 2`` beyond; reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, beta: float) -> Array:
        """The square or the absolute difference."""
        distance: Array = np.abs(x - y)
        return np.where(distance < beta, 0.5 * distance * distance / beta, distance - 0.5 * beta)

    def slopes(self, x: Array, y: Array, beta: float) -> tuple[Array, Array]:
        """``(x - y) / beta``, or its sign; the negative for the target."""
        difference = x - y
        slope = np.where(np.abs(difference) < beta, difference / beta, np.sign(difference))
        return slope, -slope


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """Return the smoothed absolute differences of ``input`` and ``target``, reduced.

    Args:
        input: Of any shape.
        target: Of the same shape; of another one, a warning is given and both are broadcast.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        beta: Where the square gives way to the absolute difference; 0 for absolute differences alone.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: ``beta`` is negative, or the shapes do not broadcast.
    """
    reduction = chosen_reduction("smooth_l1_loss", reduction, size_average, reduce)
    if beta < 0:
        raise RuntimeError(f"smooth_l1_loss: beta: expected a number that is not negative, not {beta!r}")
    if beta == 0:
        return l1_loss(input, target, reduction=reduction)
    input, target = pair_of_tensors("smooth_l1_loss", input, target, warn=True)
    return element_loss(SmoothL1LossBackward0, (input, target), reduction, beta)


class SmoothL1Loss(LossModule):
    """The smoothed absolute differences, as a module.

    Args:
        size_average: Deprecated.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        beta: Where the square gives way to the absolute difference.
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        beta: float = 1.0,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)

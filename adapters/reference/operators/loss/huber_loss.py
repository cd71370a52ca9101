"""huber_loss: squared near 0, proportional to the absolute difference beyond."""

from __future__ import annotations

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    LossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
    weighted,
)
from adapters.reference.tensor import Tensor

__all__ = ["HuberLoss", "huber_loss"]


class HuberLossBackward0(ElementLoss):
    """``(x - y) ** 2 / 2`` below delta, ``delta (|x - y| - delta / 2)`` beyond; reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, delta: float) -> Array:
        """The square or the multiple of the absolute difference."""
        distance: Array = np.abs(x - y)
        return np.where(distance < delta, 0.5 * distance * distance, delta * (distance - 0.5 * delta))

    def slopes(self, x: Array, y: Array, delta: float) -> tuple[Array, Array]:
        """``x - y``, or ``delta`` with its sign; the negative for the target."""
        difference = x - y
        slope = np.where(np.abs(difference) < delta, difference, delta * np.sign(difference))
        return slope, -slope


def huber_loss(
    input: Tensor, target: Tensor, reduction: str = "mean", delta: float = 1.0, weight: Tensor | None = None
) -> Tensor:
    """Return the Huber losses of ``input`` against ``target``, reduced.

    Args:
        input: Of any shape.
        target: Of the same shape; of another one, a warning is given and both are broadcast.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        delta: Where the square gives way to the absolute difference.
        weight: A factor for each loss.

    Raises:
        ValueError: ``reduction`` is none of the three, or ``weight`` has another shape.
        RuntimeError: ``delta`` is not positive, or the shapes do not broadcast.
    """
    reduction = chosen_reduction("huber_loss", reduction)
    if delta <= 0:
        raise RuntimeError(f"huber_loss: delta: expected a positive number, not {delta!r}")
    input, target = pair_of_tensors("huber_loss", input, target, warn=True)
    if weight is None:
        return element_loss(HuberLossBackward0, (input, target), reduction, delta)
    losses = element_loss(HuberLossBackward0, (input, target), "none", delta)
    return weighted("huber_loss", losses, weight, reduction, over_weights=False)


class HuberLoss(LossModule):
    """The Huber losses, as a module.

    Args:
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        delta: Where the square gives way to the absolute difference.
    """

    def __init__(self, reduction: str = "mean", delta: float = 1.0) -> None:
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return huber_loss(input, target, reduction=self.reduction, delta=self.delta)

"""l1_loss: the absolute differences, or their mean or sum."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.recorded import arrayed
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

__all__ = ["L1Loss", "l1_loss"]


class L1LossBackward0(ElementLoss):
    """``|x - y|``, reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array) -> Array:
        """The absolute differences."""
        return arrayed(np.abs(x - y))

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The sign of ``x - y``, 0 where they are equal; the negative for the target."""
        sign = np.sign(x - y)
        return sign, -sign


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """Return the absolute differences of ``input`` and ``target``, reduced.

    Args:
        input: Of any shape.
        target: Of the same shape; of another one, a warning is given and both are broadcast.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        weight: A factor for each absolute difference; ``"mean"`` then divides by the sum of the weights.

    Raises:
        ValueError: ``reduction`` is none of the three, or ``weight`` has another shape.
        RuntimeError: The shapes do not broadcast.
    """
    reduction = chosen_reduction("l1_loss", reduction, size_average, reduce)
    input, target = pair_of_tensors("l1_loss", input, target, warn=True)
    if weight is None:
        return element_loss(L1LossBackward0, (input, target), reduction)
    losses = element_loss(L1LossBackward0, (input, target), "none")
    return weighted("l1_loss", losses, weight, reduction, over_weights=True)


class L1Loss(LossModule):
    """The absolute differences, as a module; its arguments are those of :class:`LossModule`."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return l1_loss(input, target, reduction=self.reduction)

"""soft_margin_loss: the logistic loss of two classes."""

from __future__ import annotations

from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    LossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
)
from adapters.reference.operators.loss.binary_cross_entropy_with_logits import sigmoid_of, softplus_of
from adapters.reference.tensor import Tensor

__all__ = ["SoftMarginLoss", "soft_margin_loss"]


class SoftMarginLossBackward0(ElementLoss):
    """``log(1 + exp(-y x))``, reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array) -> Array:
        """The logistic losses."""
        return softplus_of(-y * x)

    def slopes(self, x: Array, y: Array) -> tuple[Array, None]:
        """``-y`` times the sigmoid of ``-y x``."""
        return -y * sigmoid_of(-y * x), None


def soft_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the logistic losses of the scores ``input`` with the labels ``target``, reduced.

    Args:
        input: Scores, of any shape.
        target: Labels, 1 or -1.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The shapes do not broadcast.
    """
    reduction = chosen_reduction("soft_margin_loss", reduction, size_average, reduce)
    input, target = pair_of_tensors("soft_margin_loss", input, target)
    return element_loss(SoftMarginLossBackward0, (input, target), reduction)


class SoftMarginLoss(LossModule):
    """The logistic losses, as a module; its arguments are those of :class:`LossModule`."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` with the labels ``target``."""
        return soft_margin_loss(input, target, reduction=self.reduction)

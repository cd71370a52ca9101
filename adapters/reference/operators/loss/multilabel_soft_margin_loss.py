"""multilabel_soft_margin_loss: the mean cross entropy of one decision a class."""

from __future__ import annotations

from adapters.reference.arithmetic._shared import require_broadcast
from adapters.reference.arithmetic.reduction import mean
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    WeightedLossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
    reduced,
)
from adapters.reference.operators.loss.binary_cross_entropy_with_logits import sigmoid_of, softplus_of
from adapters.reference.tensor import Tensor

__all__ = ["MultiLabelSoftMarginLoss", "multilabel_soft_margin_loss"]


class DecisionLoss(ElementLoss):
    """``w (y log(1 + exp(-x)) + (1 - y) log(1 + exp(x)))``."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, weight: Array | None) -> Array:
        """The cross entropy of each decision."""
        losses = y * softplus_of(-x) + (1 - y) * softplus_of(x)
        return arrayed(losses if weight is None else losses * weight)

    def slopes(self, x: Array, y: Array, weight: Array | None) -> tuple[Array, Array, None]:
        """``w ((1 - y) s(x) - y s(-x))``, s being the sigmoid, and ``-w x`` for the target."""
        to_x, to_y = (1 - y) * sigmoid_of(x) - y * sigmoid_of(-x), -x
        return (to_x, to_y, None) if weight is None else (to_x * weight, to_y * weight, None)


def multilabel_soft_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the mean over the classes of the cross entropy of each class's decision, reduced over the batch.

    Args:
        input: Scores, (N, C).
        target: 0 or 1 for each class, (N, C).
        weight: A factor for each class.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The shapes do not broadcast.
    """
    what = "multilabel_soft_margin_loss"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    input, target = pair_of_tensors(what, input, target)
    if weight is not None:
        require_tensor(weight, f"{what}: weight")
        require_broadcast(input, weight)
    losses = element_loss(DecisionLoss, (input, target, weight), "none")
    return reduced(mean(losses, -1), reduction)


class MultiLabelSoftMarginLoss(WeightedLossModule):
    """The mean cross entropy of one decision a class, as a module; see :class:`WeightedLossModule`."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return multilabel_soft_margin_loss(input, target, weight=self.weight, reduction=self.reduction)

"""binary_cross_entropy_with_logits: the cross entropy of two classes, of scores before the sigmoid."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import require_broadcast
from adapters.reference.autograd.recorded import Recorded
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.activation._shared import log_of_one_plus_exp, logistic
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    WeightedLossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
    require_same_shape,
)
from adapters.reference.tensor import Tensor

__all__ = ["BCEWithLogitsLoss", "binary_cross_entropy_with_logits"]


def softplus_of(x: Array) -> Array:
    """Return ``log(1 + exp(x))`` without overflow."""
    if isinstance(x, Recorded):
        return log_of_one_plus_exp(x)
    result: Array = np.maximum(x, x.dtype.type(0)) + np.log1p(np.exp(-np.abs(x)))
    return result


def sigmoid_of(x: Array) -> Array:
    """Return ``1 / (1 + exp(-x))`` without overflow."""
    if isinstance(x, Recorded):
        return logistic(x)
    decay = np.exp(-np.abs(x))
    result: Array = np.where(x < 0, decay, x.dtype.type(1)) / (1 + decay)
    return result


class BinaryCrossEntropyWithLogitsBackward0(ElementLoss):
    """``w ((1 - y) x + (1 + (p - 1) y) log(1 + exp(-x)))``, reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, weight: Array | None, pos_weight: Array | None) -> Array:
        """The cross entropies."""
        softplus = softplus_of(-x)
        losses = (1 - y) * x + (softplus if pos_weight is None else (1 + (pos_weight - 1) * y) * softplus)
        return losses if weight is None else losses * weight

    def slopes(
        self, x: Array, y: Array, weight: Array | None, pos_weight: Array | None
    ) -> tuple[Array, Array, None, None]:
        """``w (s - y)``, s being the sigmoid, and ``-w x`` for the target; more with ``pos_weight``."""
        if pos_weight is None:
            to_x, to_y = sigmoid_of(x) - y, -x
        else:
            to_x = (1 - y) - (1 + (pos_weight - 1) * y) * sigmoid_of(-x)
            to_y = (pos_weight - 1) * softplus_of(-x) - x
        return (to_x, to_y, None, None) if weight is None else (to_x * weight, to_y * weight, None, None)


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """Return the cross entropies of the scores ``input`` against ``target``, reduced.

    Args:
        input: Scores, of any shape.
        target: Of the same shape, from 0 to 1.
        weight: A factor for each element, broadcast.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        pos_weight: A factor for the term of the positive class, broadcast.

    Raises:
        ValueError: ``reduction`` is none of the three, or the target has another shape.
        RuntimeError: A weight does not broadcast.
    """
    what = "binary_cross_entropy_with_logits"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    require_same_shape(what, input, target)
    input, target = pair_of_tensors(what, input, target)
    for name, factor in (("weight", weight), ("pos_weight", pos_weight)):
        if factor is not None:
            require_tensor(factor, f"{what}: {name}")
            require_broadcast(input, factor)
    return element_loss(BinaryCrossEntropyWithLogitsBackward0, (input, target, weight, pos_weight), reduction)


class BCEWithLogitsLoss(WeightedLossModule):
    """The cross entropies of scores of two classes, as a module.

    Args:
        weight: A factor for each element.
        size_average: Deprecated.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
        pos_weight: A factor for the term of the positive class.
    """

    pos_weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        pos_weight: Tensor | None = None,
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return binary_cross_entropy_with_logits(
            input, target, self.weight, reduction=self.reduction, pos_weight=self.pos_weight
        )

"""nll_loss: the negative log likelihood of classes."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.loss._classes import (
    along_classes,
    class_axis,
    counted_classes,
    require_classes,
    require_weight,
)
from adapters.reference.operators.loss._shared import WeightedLossModule, chosen_reduction
from adapters.reference.tensor import Tensor

__all__ = ["NLLLoss", "nll_loss"]


class NllLossBackward0(Function):
    """``-w[y] x[y]``, 0 for ignored targets; the mean is over the weights of the others."""

    __slots__ = ("axis", "factors", "places", "reduction", "shape", "total")

    def forward(self, x: Array, target: Array, weight: Array | None, ignore_index: int, reduction: str) -> Array:
        """The losses, their sum, or their sum over the sum of the weights."""
        self.axis, self.reduction, self.shape = class_axis(x.ndim), reduction, x.shape
        counted, chosen = counted_classes("nll_loss", target, x.shape[self.axis], ignore_index)
        weights = np.ones(chosen.shape, dtype=x.dtype) if weight is None else weight[chosen]
        self.factors = np.asarray(np.where(counted, weights, x.dtype.type(0)))
        self.places = np.expand_dims(chosen, self.axis)
        picked = np.take_along_axis(x, self.places, self.axis).squeeze(self.axis)
        losses = np.asarray(np.where(counted, -picked * self.factors, x.dtype.type(0)))
        self.total = np.asarray(self.factors.sum())
        if reduction == "none":
            return losses
        return np.asarray(losses.sum() / self.total if reduction == "mean" else losses.sum())

    def backward(self, gradient: Array) -> tuple[Array, None, None]:
        """``-w[y] g`` at the class of each target, over the sum of the weights for the mean; 0 elsewhere."""
        share = gradient / self.total if self.reduction == "mean" else gradient
        own = along_classes(np.arange(self.shape[self.axis]), len(self.shape)) == self.places
        return np.where(own, np.expand_dims(-self.factors * share, self.axis), gradient.dtype.type(0)), None, None


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the negative log likelihoods of the classes ``target``, reduced.

    Args:
        input: Log-probabilities: (N, C), (N, C, d1, ...) or (C).
        target: Class indices: (N), (N, d1, ...) or ().
        weight: A factor for each class.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        ignore_index: The target that does not count.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` (over the weights of the targets that count) or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, or the shapes do not fit.
        IndexError: A target is no class.
        RuntimeError: The target is not of integers, or the weights are not one a class.
    """
    reduction = chosen_reduction("nll_loss", reduction, size_average, reduce)
    require_classes("nll_loss", input, target)
    require_weight("nll_loss", weight, input.array.shape[class_axis(input.ndim)])
    result: Tensor = NllLossBackward0.apply((input, target, weight), ignore_index, reduction)
    return result


class NLLLoss(WeightedLossModule):
    """The negative log likelihoods of classes, as a module; see :func:`nll_loss` for its arguments."""

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return nll_loss(input, target, weight=self.weight, ignore_index=self.ignore_index, reduction=self.reduction)

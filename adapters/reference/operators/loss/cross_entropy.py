"""cross_entropy: the cross entropy of scores of classes, against classes or probabilities of classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.arithmetic.elementwise import add, mul
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import FLOATING, INTEGER, Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._classes import (
    along_classes,
    class_axis,
    counted_classes,
    require_classes,
    require_weight,
)
from adapters.reference.operators.loss._shared import WeightedLossModule, chosen_reduction, reduced_array, unreduced
from adapters.reference.tensor import Tensor

__all__ = ["CrossEntropyLoss", "cross_entropy"]


def _log_softmax(x: Array, axis: int) -> Array:
    shifted = x - x.max(axis=axis, keepdims=True, initial=-np.inf)
    logarithms: Array = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return logarithms


class ProbabilityCrossEntropy(Function):
    """``-sum_c w[c] t[c] log_softmax(x)[c]``, reduced."""

    __slots__ = ("axis", "reduction", "shape")
    recomputed = True

    def forward(self, x: Array, target: Array, weight: Array | None, reduction: str) -> Array:
        """The losses, their mean or their sum."""
        self.axis, self.reduction = class_axis(x.ndim), reduction
        logarithms = _log_softmax(x, self.axis)
        scaled = logarithms if weight is None else logarithms * along_classes(weight, x.ndim)
        losses = arrayed(-(scaled * target).sum(axis=self.axis))
        self.shape = losses.shape
        self.saved = (logarithms, target, weight)
        return reduced_array(losses, reduction)

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None, None]:
        """``softmax(x) sum(w t) - w t`` and ``-w log_softmax(x)``, times ``g``."""
        logarithms, target, weight = self.saved
        spread = np.expand_dims(unreduced(gradient, self.reduction, self.shape), self.axis)
        factors = target if weight is None else target * along_classes(weight, target.ndim)
        to_input = spread * (np.exp(logarithms) * factors.sum(axis=self.axis, keepdims=True) - factors)
        scaled = logarithms if weight is None else logarithms * along_classes(weight, target.ndim)
        return to_input, -scaled * spread, None


class ClassCrossEntropy(Function):
    """``-(1 - s) w[y] log_softmax(x)[y] - s / C sum_c w[c] log_softmax(x)[c]``, s being the smoothing; reduced."""

    __slots__ = ("axis", "factors", "reduction", "total")
    recomputed = True

    def forward(
        self,
        x: Array,
        target: Array,
        weight: Array | None,
        ignore_index: int,
        reduction: str,
        smoothing: float,
    ) -> Array:
        """The losses, their sum, or their sum over the sum of the weights of the targets that count."""
        self.axis, self.reduction = class_axis(x.ndim), reduction
        classes = x.shape[self.axis]
        counted, chosen = counted_classes("cross_entropy", target, classes, ignore_index)
        weights = np.ones(classes, dtype=x.dtype) if weight is None else weight
        logarithms = _log_softmax(x, self.axis)
        own = along_classes(np.arange(classes), x.ndim) == np.expand_dims(chosen, self.axis)
        probabilities = np.where(own, 1 - smoothing + smoothing / classes, smoothing / classes).astype(x.dtype)
        mask = np.expand_dims(counted, self.axis)
        self.factors = np.where(mask, probabilities * along_classes(weights, x.ndim), x.dtype.type(0))
        self.total = arrayed(np.where(counted, weights[chosen], x.dtype.type(0)).sum())
        self.saved = (logarithms,)
        losses = arrayed(-(np.where(self.factors == 0, 0, logarithms) * self.factors).sum(axis=self.axis))
        if reduction == "none":
            return losses
        return arrayed(losses.sum() / self.total if reduction == "mean" else losses.sum())

    def backward(self, gradient: Array) -> tuple[Array, None, None]:
        """``softmax(x) sum(w t) - w t``, times ``g``, over the sum of the weights for the mean."""
        (logarithms,) = self.saved
        share = gradient / self.total if self.reduction == "mean" else gradient
        spread = np.expand_dims(share, self.axis) if self.reduction == "none" else share
        sums = self.factors.sum(axis=self.axis, keepdims=True)
        return spread * (np.exp(logarithms) * sums - self.factors), None, None


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """Return the cross entropies of the scores ``input`` against ``target``, reduced.

    Args:
        input: Scores: (N, C), (N, C, d1, ...) or (C).
        target: Class indices (N), (N, d1, ...) or (), or probabilities of the input's shape.
        weight: A factor for each class.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        ignore_index: The class index that does not count.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``. The mean is over the weights of the class indices that count,
            or over the number of probability distributions.
        label_smoothing: How much of the target is made uniform, from 0 to 1.

    Raises:
        ValueError: ``reduction`` is none of the three, or the shapes do not fit.
        IndexError: A target is no class.
        RuntimeError: ``label_smoothing`` is out of range, the weights are not one a class, or the target's type is
            neither.
    """
    what = "cross_entropy"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    require_tensor(input, f"{what}: input")
    require_tensor(target, f"{what}: target")
    if not 0.0 <= label_smoothing <= 1.0:
        raise RuntimeError(f"{what}: label_smoothing: expected a number from 0 to 1, not {label_smoothing!r}")
    axis = class_axis(input.ndim)
    if target.dtype.category == FLOATING and target.array.shape == input.array.shape and input.ndim > 0:
        require_weight(what, weight, input.array.shape[axis])
        if label_smoothing > 0:
            target = add(mul(target, 1 - label_smoothing), label_smoothing / input.array.shape[axis])
        return _applied(ProbabilityCrossEntropy, input, target, weight, reduction)
    if target.dtype.category != INTEGER:
        raise RuntimeError(
            f"{what}: target: expected class indices, or probabilities of the input's shape {input.array.shape}, not "
            f"{target.dtype} of shape {target.array.shape}"
        )
    require_classes(what, input, target)
    require_weight(what, weight, input.array.shape[axis])
    return _applied(ClassCrossEntropy, input, target, weight, ignore_index, reduction, label_smoothing)


def _applied(kind: type[Function], input: Tensor, target: Tensor, weight: Tensor | None, *options: Any) -> Tensor:
    result: Tensor = kind.apply((input, target, weight), *options)
    return result


class CrossEntropyLoss(WeightedLossModule):
    """The cross entropies of scores of classes, as a module; see :func:`cross_entropy` for its arguments."""

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index, self.label_smoothing = ignore_index, label_smoothing

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return cross_entropy(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )

"""multi_margin_loss: what the score of the right class lacks to leading all others by a margin."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.loss._classes import counted_classes, require_classes, require_weight
from adapters.reference.operators.loss._shared import (
    WeightedLossModule,
    chosen_reduction,
    reduced_array,
    unreduced,
)
from adapters.reference.tensor import Tensor

__all__ = ["MultiMarginLoss", "multi_margin_loss"]


class MultiMarginLossBackward0(Function):
    """``sum_i w[y] max(0, margin - x[y] + x[i]) ** p / C`` over the other classes i; reduced."""

    __slots__ = ("own", "p", "reduction", "scale")

    def forward(self, x: Array, target: Array, weight: Array | None, p: int, margin: float, reduction: str) -> Array:
        """The losses, their mean or their sum."""
        self.p, self.reduction = p, reduction
        classes = x.shape[-1]
        _, chosen = counted_classes("multi_margin_loss", target, classes, None)
        picked = np.take_along_axis(x, chosen[..., None], -1)
        self.own = np.arange(classes) == chosen[..., None]
        zero = x.dtype.type(0)
        lacking = np.where(self.own, zero, np.maximum(margin - picked + x, zero))
        weights = np.ones(chosen.shape, dtype=x.dtype) if weight is None else weight[chosen]
        self.scale = np.asarray(weights / x.dtype.type(classes))
        self.saved = (lacking,)
        powers = lacking if p == 1 else lacking * lacking
        return reduced_array(np.asarray(powers.sum(axis=-1) * self.scale), reduction)

    def backward(self, gradient: Array) -> tuple[Array, None, None]:
        """``w[y] p lacking ** (p - 1) / C`` for the others, and the negative of their sum for the class itself."""
        (lacking,) = self.saved
        spread = (unreduced(gradient, self.reduction, self.scale.shape) * self.scale)[..., None]
        slope = (lacking > 0).astype(gradient.dtype) if self.p == 1 else 2 * lacking
        to_others = spread * slope
        return np.where(self.own, -to_others.sum(axis=-1, keepdims=True), to_others), None, None


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return what the scores of the classes ``target`` lack, reduced.

    Args:
        input: Scores, (N, C) or (C).
        target: Class indices, (N) or ().
        p: The power of what is lacking, 1 or 2.
        margin: By how much a class's score is to lead.
        weight: A factor for each class.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, ``p`` is neither 1 nor 2, or the shapes do not fit.
        IndexError: A target is no class.
        RuntimeError: The target is not of integers, or the weights are not one a class.
    """
    what = "multi_margin_loss"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    if p not in (1, 2):
        raise ValueError(f"{what}: p: expected 1 or 2, not {p!r}")
    require_classes(what, input, target)
    require_weight(what, weight, input.array.shape[-1])
    result: Tensor = MultiMarginLossBackward0.apply((input, target, weight), p, margin, reduction)
    return result


class MultiMarginLoss(WeightedLossModule):
    """What scores of classes lack, as a module; see :func:`multi_margin_loss` for its arguments."""

    def __init__(
        self,
        p: int = 1,
        margin: float = 1.0,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(weight, size_average, reduce, reduction)
        if p not in (1, 2):
            raise ValueError(f"MultiMarginLoss: p: expected 1 or 2, not {p!r}")
        self.p, self.margin = p, margin

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return multi_margin_loss(
            input, target, p=self.p, margin=self.margin, weight=self.weight, reduction=self.reduction
        )

"""multilabel_margin_loss: what scores of right classes lack to leading those of wrong ones by 1."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import INTEGER, Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._shared import LossModule, chosen_reduction, reduced_array, unreduced
from adapters.reference.tensor import Tensor

__all__ = ["MultiLabelMarginLoss", "multilabel_margin_loss"]


class MultilabelMarginLossBackward0(Function):
    """``sum_ij max(0, 1 - (x[j] - x[i])) / C`` over right classes j and wrong ones i; reduced."""

    __slots__ = ("places", "reduction", "shape")

    def forward(self, x: Array, target: Array, reduction: str) -> Array:
        """The losses, their mean or their sum; ``lacking`` is indexed by the place in the target and by the class."""
        self.reduction = reduction
        block = np.cumprod(target >= 0, axis=-1).astype(bool)
        self.places = np.where(block, target, 0)
        named = (self.places[..., None] == np.arange(x.shape[-1])) & block[..., None]
        considered = block[..., None] & ~named.any(axis=-2)[..., None, :]
        own = np.take_along_axis(x, self.places, -1)[..., None]
        zero = x.dtype.type(0)
        lacking = np.where(considered, np.maximum(1 - (own - x[..., None, :]), zero), zero)
        self.saved = (lacking,)
        losses = np.asarray(lacking.sum(axis=(-2, -1)) / x.dtype.type(x.shape[-1]))
        self.shape = losses.shape
        return reduced_array(losses, reduction)

    def backward(self, gradient: Array) -> tuple[Array, None]:
        """1 over C for a wrong class, -1 over C for a right one, for each pair that lacks something; times ``g``."""
        (lacking,) = self.saved
        classes = lacking.shape[-1]
        share = (unreduced(gradient, self.reduction, self.shape) / gradient.dtype.type(classes))[..., None]
        short = (lacking > 0).astype(gradient.dtype)
        own = self.places[..., None] == np.arange(classes)
        to_right = (own * short.sum(axis=-1)[..., None]).sum(axis=-2)
        return share * (short.sum(axis=-2) - to_right), None


def multilabel_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return what the scores of right classes lack against those of wrong ones, reduced.

    Args:
        input: Scores, (N, C) or (C).
        target: Right classes, of the input's shape; those after the first negative number do not count.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, or the shapes do not fit.
        IndexError: A target is beyond the classes.
        RuntimeError: The target is not of integers.
    """
    what = "multilabel_margin_loss"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    require_tensor(input, f"{what}: input")
    require_tensor(target, f"{what}: target")
    if target.dtype.category != INTEGER:
        raise RuntimeError(f"{what}: target: expected class indices of an integer type, not {target.dtype}")
    if input.array.shape != target.array.shape or input.ndim not in (1, 2):
        raise ValueError(
            f"{what}: expected input and target of one shape, (N, C) or (C), not {input.array.shape} and "
            f"{target.array.shape}"
        )
    if bool((target.array >= input.array.shape[-1]).any()):
        raise IndexError(f"{what}: target: expected classes below {input.array.shape[-1]}")
    result: Tensor = MultilabelMarginLossBackward0.apply((input, target), reduction)
    return result


class MultiLabelMarginLoss(LossModule):
    """What scores of right classes lack, as a module; its arguments are those of :class:`LossModule`."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return multilabel_margin_loss(input, target, reduction=self.reduction)

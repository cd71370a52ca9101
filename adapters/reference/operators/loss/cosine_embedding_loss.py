"""cosine_embedding_loss: how far the angle of two vectors is from what their label wants."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._shared import (
    LossModule,
    chosen_reduction,
    pair_of_tensors,
    reduced_array,
    unreduced,
)
from adapters.reference.tensor import Tensor

__all__ = ["CosineEmbeddingLoss", "cosine_embedding_loss"]

_GUARD = 1e-12
"""Is added to each squared length, so that vectors of no length have the cosine 0."""


class CosineEmbeddingLossBackward0(Function):
    """``1 - cos`` where y is 1 and ``max(0, cos - margin)`` where it is -1; reduced."""

    __slots__ = ("margin", "reduction")

    def forward(self, first: Array, second: Array, y: Array, margin: float, reduction: str) -> Array:
        """The losses, one a pair of vectors along the last axis."""
        self.margin, self.reduction = margin, reduction
        self.saved = (first, second, y)
        cosine, _, _ = _cosine(first, second)
        losses = np.where(y > 0, 1 - cosine, np.maximum(cosine - margin, first.dtype.type(0)))
        return reduced_array(losses, reduction)

    def backward(self, gradient: Array) -> tuple[Array, Array, None]:
        """The sign of the cosine's part times the cosine's derivative ``x2 / (l1 l2) - cos x1 / l1 ** 2``."""
        first, second, y = self.saved
        cosine, squared1, squared2 = _cosine(first, second)
        sign = np.where(y > 0, -1, np.where(cosine > self.margin, 1, 0)).astype(first.dtype)
        spread = (unreduced(gradient, self.reduction, y.shape) * sign)[..., None]
        lengths = np.sqrt(squared1 * squared2)[..., None]
        cosine = cosine[..., None]
        to_first = spread * (second / lengths - cosine * first / squared1[..., None])
        to_second = spread * (first / lengths - cosine * second / squared2[..., None])
        return to_first, to_second, None


def _cosine(first: Array, second: Array) -> tuple[Array, Array, Array]:
    """Return the cosines, and the squared lengths."""
    squared1 = arrayed((first * first).sum(axis=-1) + first.dtype.type(_GUARD))
    squared2 = arrayed((second * second).sum(axis=-1) + second.dtype.type(_GUARD))
    return arrayed((first * second).sum(axis=-1) / np.sqrt(squared1 * squared2)), squared1, squared2


def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the losses of pairs of vectors with the labels ``target``, reduced.

    Args:
        input1: Vectors, (N, D) or (D).
        input2: Vectors of the same shape.
        target: 1 for pairs that are to point alike, -1 for others: (N) or ().
        margin: The cosine up to which pairs labelled -1 lose nothing.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The shapes do not fit.
    """
    what = "cosine_embedding_loss"
    reduction = chosen_reduction(what, reduction, size_average, reduce)
    require_tensor(target, f"{what}: target")
    input1, input2 = pair_of_tensors(what, input1, input2)
    size = input1.array.shape
    if size != input2.array.shape or target.array.shape != size[:-1] or len(size) not in (1, 2):
        raise RuntimeError(
            f"{what}: expected inputs (N, D) with a target (N), or (D) with (), not shapes {size}, "
            f"{input2.array.shape} and {target.array.shape}"
        )
    result: Tensor = CosineEmbeddingLossBackward0.apply((input1, input2, target), margin, reduction)
    return result


class CosineEmbeddingLoss(LossModule):
    """The losses of pairs of vectors, as a module; see :func:`cosine_embedding_loss` for its arguments."""

    def __init__(
        self,
        margin: float = 0.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input1`` and ``input2`` with the labels ``target``."""
        return cosine_embedding_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)

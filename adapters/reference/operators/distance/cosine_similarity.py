"""cosine_similarity: the cosine of the angle between vectors."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import dimension, operands, require_broadcast
from adapters.reference.arithmetic.views import broadcast_to
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["CosineSimilarity", "cosine_similarity"]


class CosineSimilarityBackward0(Function):
    """``x . y / (max(||x||, eps) max(||y||, eps))`` along an axis."""

    __slots__ = ("axis",)
    recomputed = True

    def forward(self, x: Array, y: Array, axis: int, eps: float) -> Array:
        """The cosines."""
        self.axis = axis
        norms = [np.sqrt((one * one).sum(axis=axis, keepdims=True)) for one in (x, y)]
        divisors = [np.maximum(one, x.dtype.type(eps)) for one in norms]
        unit = (x / divisors[0], y / divisors[1])
        cosine = arrayed((unit[0] * unit[1]).sum(axis=axis, keepdims=True))
        self.saved = (*unit, *norms, *divisors, cosine)
        return cosine.squeeze(axis)

    def backward(self, gradient: Array) -> tuple[Array, Array]:
        """``g (y' - cos x') / d``, the second term only where the norm is what divides; x' and y' are divided."""
        first, second, size1, size2, by1, by2, cosine = self.saved
        along = np.expand_dims(gradient, self.axis)
        return (
            along * (second - np.where(size1 < by1, 0, cosine * first)) / by1,
            along * (first - np.where(size2 < by2, 0, cosine * second)) / by2,
        )


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """Return the product of ``x1`` and ``x2`` along ``dim`` over their norms.

    Args:
        x1: Of any shape that broadcasts with that of ``x2``.
        x2: See ``x1``.
        dim: What the vectors lie along, in the common shape; it is dropped.
        eps: What a smaller norm is replaced by.

    Raises:
        RuntimeError: The shapes do not broadcast.
        IndexError: There is no such dimension.
    """
    require_tensor(x1, "cosine_similarity: x1")
    require_tensor(x2, "cosine_similarity: x2")
    x1, x2 = operands(x1, x2, "cosine_similarity")
    require_broadcast(x1, x2)
    common = np.broadcast_shapes(x1.array.shape, x2.array.shape)
    axis = dimension(dim, len(common), "cosine_similarity")
    pair = (broadcast_to(x1, common), broadcast_to(x2, common))
    result: Tensor = CosineSimilarityBackward0.apply(pair, axis, eps)
    return result


class CosineSimilarity(Module):
    """The cosine of the angle between vectors, as a module; the arguments are those of :func:`cosine_similarity`."""

    def __init__(self, dim: int = 1, eps: float = 1e-8) -> None:
        super().__init__()
        self.dim = dim
        self.eps = eps

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """Return the similarities of the vectors."""
        return cosine_similarity(x1, x2, self.dim, self.eps)

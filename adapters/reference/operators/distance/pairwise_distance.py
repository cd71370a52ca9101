"""pairwise_distance: the norm of the difference of two vectors."""

from __future__ import annotations

from adapters.reference.arithmetic.elementwise import add, sub
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.distance._shared import norm_of, slope_of
from adapters.reference.tensor import Tensor

__all__ = ["PairwiseDistance", "pairwise_distance"]


class DistanceBackward0(Function):
    """The norm along the last axis."""

    __slots__ = ("keepdim", "p")
    recomputed = True

    def forward(self, x: Array, p: float, keepdim: bool) -> Array:
        """The norm of degree ``p``."""
        self.p, self.keepdim = p, keepdim
        norm = norm_of(x, p, -1)
        self.saved = (x, norm)
        return norm if keepdim else norm[..., 0]

    def backward(self, gradient: Array) -> Array:
        """``g`` times the slope of the norm."""
        x, norm = self.saved
        along = gradient if self.keepdim else gradient[..., None]
        change: Array = along * slope_of(x, norm, self.p, -1)
        return change


def pairwise_distance(x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> Tensor:
    """Return ``||x1 - x2 + eps||``.

    Args:
        x1: Of shape (N, D) or (D).
        x2: Of the same shape.
        p: The degree of the norm.
        eps: What is added to each difference.
        keepdim: Whether to keep the last dimension, of length 1.
    """
    require_tensor(x1, "pairwise_distance: x1")
    require_tensor(x2, "pairwise_distance: x2")
    result: Tensor = DistanceBackward0.apply((add(sub(x1, x2), eps),), p, keepdim)
    return result


class PairwiseDistance(Module):
    """The norm of the difference of two vectors, as a module; the arguments are those of :func:`pairwise_distance`."""

    def __init__(self, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> None:
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """Return the distances of the vectors."""
        return pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)

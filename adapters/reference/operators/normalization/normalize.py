"""normalize: vectors divided by their norms."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor

__all__ = ["normalize"]


class NormalizeBackward0(Function):
    """``x / max(norm(x), eps)`` along an axis."""

    __slots__ = ("axis", "p")
    recomputed = True

    def forward(self, x: Array, p: float, axis: int, eps: float) -> Array:
        """The divided vectors."""
        self.p, self.axis = p, axis
        size = np.abs(x)
        if p == np.inf:
            norm = size.max(axis=axis, keepdims=True)
        elif p == 2:
            norm = np.sqrt(np.square(x).sum(axis=axis, keepdims=True))
        else:
            norm = (size**p).sum(axis=axis, keepdims=True) ** (1 / p)
        divisor = np.maximum(norm, x.dtype.type(eps)).astype(x.dtype)
        self.saved = (x, norm, divisor)
        result: Array = x / divisor
        return result

    def backward(self, gradient: Array) -> Array:
        """``g / d - x / d^2 (sum(g x) norm')``, where the norm is what divides."""
        x, norm, divisor = self.saved
        along = (gradient * x).sum(axis=self.axis, keepdims=True) / np.square(divisor)
        if self.p == np.inf:
            largest = np.abs(x) == norm
            slope = np.sign(x) * largest / largest.sum(axis=self.axis, keepdims=True)
        else:
            slope = np.sign(x) * (np.abs(x) / np.where(norm == 0, 1, norm)) ** (self.p - 1)
        change: Array = gradient / divisor - np.where(norm >= divisor, along * slope, 0)
        return change.astype(x.dtype)


def normalize(input: Tensor, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Tensor:
    """Return each vector of ``input`` along ``dim`` over its p-norm.

    Args:
        input: Of any shape with at least one dimension.
        p: The norm's exponent.
        dim: What the vectors lie along.
        eps: What a smaller norm is replaced by.

    Raises:
        IndexError: There is no such dimension.
    """
    if not -input.ndim <= dim < input.ndim:
        raise IndexError(f"normalize: dim: expected one of {input.ndim} dimensions, not {dim!r}")
    result: Tensor = NormalizeBackward0.apply((input,), p, dim % input.ndim, eps)
    return result

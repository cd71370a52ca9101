"""pdist: the distance of each pair of rows."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.distance._shared import norm_of, slope_of
from adapters.reference.tensor import Tensor

__all__ = ["pdist"]


class PdistBackward0(Function):
    """The norm of the difference of each pair of rows."""

    __slots__ = ("p", "pairs")

    def forward(self, x: Array, p: float) -> Array:
        """The upper triangle of the matrix of distances, row after row."""
        self.p, self.pairs = p, np.triu_indices(x.shape[0], 1)
        first, second = self.pairs
        norm = norm_of(x[first] - x[second], p, -1) if x.shape[1] else np.zeros((len(first), 1), x.dtype)
        self.saved = (x, norm)
        distances: Array = norm[:, 0]
        return distances

    def backward(self, gradient: Array) -> Array:
        """``g`` times the slope of the norm to the first of each pair, and minus that to the second."""
        x, norm = self.saved
        first, second = self.pairs
        share = gradient[:, None] * slope_of(x[first] - x[second], norm, self.p, -1)
        change: Array = np.zeros_like(x)
        np.add.at(change, first, share)
        np.subtract.at(change, second, share)
        return change


def pdist(input: Tensor, p: float = 2.0) -> Tensor:
    """Return the norm of the difference of each pair of rows of ``input``.

    Args:
        input: Of shape (N, M).
        p: The degree of the norm, from 0 to infinity.

    Returns:
        A tensor of shape (N (N - 1) / 2,).

    Raises:
        RuntimeError: ``input`` is no matrix, or ``p`` is negative.
    """
    require_tensor(input, "pdist: input")
    if input.ndim != 2:
        raise RuntimeError(f"pdist: input: expected 2 dimensions, not shape {tuple(input.shape)}")
    if p < 0:
        raise RuntimeError(f"pdist: p: expected a degree that is not negative, not {p!r}")
    result: Tensor = PdistBackward0.apply((input,), float(p))
    return result

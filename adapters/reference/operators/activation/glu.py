"""glu: one half of an array, gated by the sigmoid of the other."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic._shared import dimension
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, logistic, require_floating
from adapters.reference.tensor import Tensor

__all__ = ["GLU", "glu"]


class GluBackward0(Function):
    """``a sigmoid(b)``, a and b being the halves of an array."""

    __slots__ = ("axis",)

    def forward(self, x: Array, axis: int) -> Array:
        """The gated first half."""
        self.saved, self.axis = (x,), axis
        first, second = np.split(x, 2, axis)
        result: Array = first * logistic(second)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g s`` for the first half and ``g a s (1 - s)`` for the second, s being the gate."""
        (x,) = self.saved
        first, second = np.split(x, 2, self.axis)
        gate = logistic(second)
        return np.concatenate([gradient * gate, gradient * (first * (gate * (1 - gate)))], self.axis)


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """Return the first half of ``input`` along ``dim``, multiplied by the sigmoid of the second half.

    Raises:
        IndexError: The input has no dimension ``dim``.
        RuntimeError: The input is a scalar, or its length along ``dim`` is odd.
    """
    require_floating(input, "glu")
    if input.ndim == 0:
        raise RuntimeError("glu: input: expected at least one dimension, not a scalar, which cannot be halved")
    axis = dimension(dim, input.ndim, "glu")
    length = input.array.shape[axis]
    if length % 2:
        raise RuntimeError(f"glu: input: expected an even length along dimension {dim}, which is halved, not {length}")
    return applied(GluBackward0, "glu", input, axis)


class GLU(Module):
    """One half of the input, gated by the sigmoid of the other, as a module.

    Args:
        dim: The dimension that is halved.
    """

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the gated half of ``input``."""
        return glu(input, self.dim)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"dim={self.dim}"

"""elu: the exponential linear unit."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, with_inplace
from adapters.reference.tensor import Tensor

__all__ = ["ELU", "elu"]


class EluBackward0(Function):
    """``scale x`` above 0, ``scale alpha (exp(x / width) - 1)`` elsewhere."""

    __slots__ = ("alpha", "scale", "width")

    def forward(self, x: Array, alpha: float, scale: float = 1.0, width: float = 1.0) -> Array:
        """The activation."""
        self.saved, self.alpha, self.scale, self.width = (x,), alpha, scale, width
        below = np.expm1(np.minimum(x, 0) / width) * (alpha * scale)
        return np.where(x > 0, x * scale, below)

    def backward(self, gradient: Array) -> Array:
        """``g scale`` above 0, ``g scale alpha exp(x / width) / width`` elsewhere, also at 0."""
        (x,) = self.saved
        slope = np.exp(np.minimum(x, 0) / self.width) * (self.alpha * self.scale / self.width)
        return np.where(x > 0, gradient * self.scale, gradient * slope)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Return x above 0 and ``alpha (exp(x) - 1)`` elsewhere, for every element x of ``input``."""
    return applied(EluBackward0, "elu", input, alpha, inplace=inplace)


class ELU(Module):
    """The exponential linear unit, as a module.

    Args:
        alpha: What the negative branch is multiplied by.
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return with_inplace(f"alpha={self.alpha}", self)

"""leaky_relu: the identity, with another slope below 0."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, with_inplace
from adapters.reference.tensor import Tensor

__all__ = ["LeakyReLU", "leaky_relu"]


class LeakyReluBackward0(Function):
    """``x`` above 0, ``slope x`` elsewhere."""

    __slots__ = ("slope",)

    def forward(self, x: Array, slope: float) -> Array:
        """The number, or its multiple."""
        self.saved, self.slope = (x,), slope
        return np.where(x > 0, x, x * slope)

    def backward(self, gradient: Array) -> Array:
        """``g`` above 0, ``g slope`` elsewhere, also at 0."""
        (x,) = self.saved
        return np.where(x > 0, gradient, gradient * self.slope)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """Return ``max(0, x) + negative_slope min(0, x)`` for every element x of ``input``."""
    return applied(LeakyReluBackward0, "leaky_relu", input, negative_slope, inplace=inplace)


class LeakyReLU(Module):
    """The leaky rectifier, as a module.

    Args:
        negative_slope: The slope below 0.
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return with_inplace(f"negative_slope={self.negative_slope}", self)

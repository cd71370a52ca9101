"""hardswish: swish with the sigmoid made of straight lines."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied
from adapters.reference.tensor import Tensor

__all__ = ["Hardswish", "hardswish"]


class HardswishBackward0(Function):
    """``x (x + 3) / 6`` between -3 and 3, 0 below and x above."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation."""
        self.saved = (x,)
        return np.where(x >= 3, x, np.where(x <= -3, 0, x * (x + 3) / 6))

    def backward(self, gradient: Array) -> Array:
        """``g (x / 3 + 1 / 2)`` between -3 and 3, 0 from -3 downwards and g from 3 upwards."""
        (x,) = self.saved
        return np.where(x >= 3, gradient, np.where(x <= -3, 0, gradient * (x / 3 + 0.5)))


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """Return 0 up to -3, x from 3 and ``x (x + 3) / 6`` in between, for every element x of ``input``."""
    return applied(HardswishBackward0, "hardswish", input, inplace=inplace)


class Hardswish(Module):
    """Swish with the sigmoid made of straight lines, as a module.

    Args:
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return hardswish(input, self.inplace)

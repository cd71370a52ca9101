"""rrelu: the leaky rectifier whose slope is random in training."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.generator import rand_like
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, require_floating, with_inplace
from adapters.reference.tensor import Tensor

__all__ = ["RReLU", "rrelu"]


class RreluWithNoiseBackward0(Function):
    """``x`` above 0, ``slope x`` elsewhere, the slope a number or one for each element."""

    __slots__ = ("slope",)

    def forward(self, x: Array, slope: Array | float) -> Array:
        """The number, or its multiple."""
        self.saved, self.slope = (x,), slope
        return np.where(x > 0, x, x * slope)

    def backward(self, gradient: Array) -> Array:
        """``g`` above 0, ``g slope`` elsewhere, also at 0."""
        (x,) = self.saved
        return np.where(x > 0, gradient, gradient * self.slope)


def rrelu(
    input: Tensor, lower: float = 1 / 8, upper: float = 1 / 3, training: bool = False, inplace: bool = False
) -> Tensor:
    """Return x above 0 and a multiple of x elsewhere, for every element x of ``input``.

    Args:
        input: Of any shape.
        lower: The least slope.
        upper: The largest slope.
        training: Draw a slope for each element, uniformly from ``lower`` to ``upper``; otherwise it is their mean.
        inplace: Write the result into the memory of the input.

    Raises:
        RuntimeError: ``lower`` is greater than ``upper``.
    """
    require_floating(input, "rrelu")
    if lower > upper:
        raise RuntimeError(f"rrelu: expected lower not to be greater than upper, not {lower!r} and {upper!r}")
    slope: Array | float = (lower + upper) / 2
    if training:
        drawn = rand_like(input.float()).array
        slope = (drawn * (upper - lower) + lower).astype(np.result_type(input.array.dtype, np.float32))
    return applied(RreluWithNoiseBackward0, "rrelu", input, slope, inplace=inplace)


class RReLU(Module):
    """The leaky rectifier whose slope is random in training, as a module.

    Args:
        lower: The least slope.
        upper: The largest slope.
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, lower: float = 1 / 8, upper: float = 1 / 3, inplace: bool = False) -> None:
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return with_inplace(f"lower={self.lower}, upper={self.upper}", self)

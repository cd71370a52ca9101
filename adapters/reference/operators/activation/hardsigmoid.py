"""hardsigmoid: the sigmoid made of three straight lines."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied
from adapters.reference.tensor import Tensor

__all__ = ["Hardsigmoid", "hardsigmoid"]


class HardsigmoidBackward0(Function):
    """``x / 6 + 1 / 2``, limited to the range from 0 to 1."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation; NaN stays NaN."""
        self.saved = (x,)
        result: Array = np.clip(x + 3, 0, 6) / 6
        return result

    def backward(self, gradient: Array) -> Array:
        """``g / 6`` strictly between -3 and 3, 0 elsewhere."""
        (x,) = self.saved
        return np.where((x > -3) & (x < 3), gradient / 6, 0)


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """Return 0 up to -3, 1 from 3 and ``x / 6 + 1 / 2`` in between, for every element x of ``input``."""
    return applied(HardsigmoidBackward0, "hardsigmoid", input, inplace=inplace)


class Hardsigmoid(Module):
    """The sigmoid made of straight lines, as a module.

    Args:
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return hardsigmoid(input, self.inplace)

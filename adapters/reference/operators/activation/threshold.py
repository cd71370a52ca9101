"""threshold: the identity above a threshold, a fixed value elsewhere."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, with_inplace
from adapters.reference.tensor import Tensor

__all__ = ["Threshold", "threshold"]


class ThresholdBackward0(Function):
    """``x`` above the threshold, the value elsewhere."""

    __slots__ = ("threshold",)

    def forward(self, x: Array, threshold: float, value: float) -> Array:
        """The activation; NaN stays NaN."""
        self.saved, self.threshold = (x,), threshold
        return np.where(x <= threshold, x.dtype.type(value), x)

    def backward(self, gradient: Array) -> Array:
        """``g`` above the threshold, 0 elsewhere."""
        (x,) = self.saved
        return np.where(x <= self.threshold, 0, gradient)


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """Return x above ``threshold`` and ``value`` elsewhere, for every element x of ``input``."""
    return applied(ThresholdBackward0, "threshold", input, threshold, value, inplace=inplace)


class Threshold(Module):
    """The identity above a threshold, a fixed value elsewhere, as a module.

    Args:
        threshold: The threshold.
        value: What takes the place of elements that are not above it.
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return with_inplace(f"threshold={self.threshold}, value={self.value}", self)

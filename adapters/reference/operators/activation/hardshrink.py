"""hardshrink: the identity, but 0 near 0."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied
from adapters.reference.tensor import Tensor

__all__ = ["Hardshrink", "hardshrink"]


class HardshrinkBackward0(Function):
    """``x`` outside the range from -lambd to lambd, 0 inside."""

    __slots__ = ("lambd",)

    def forward(self, x: Array, lambd: float) -> Array:
        """The activation; NaN stays NaN."""
        self.saved, self.lambd = (x,), lambd
        return np.where((x >= -lambd) & (x <= lambd), 0, x)

    def backward(self, gradient: Array) -> Array:
        """``g`` outside the range, 0 inside and at its ends."""
        (x,) = self.saved
        return np.where((x >= -self.lambd) & (x <= self.lambd), 0, gradient)


def hardshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """Return x above ``lambd`` and below ``-lambd``, and 0 in between, for every element x of ``input``."""
    return applied(HardshrinkBackward0, "hardshrink", input, lambd)


class Hardshrink(Module):
    """The identity, but 0 near 0, as a module.

    Args:
        lambd: How far from 0.
    """

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"{self.lambd}"

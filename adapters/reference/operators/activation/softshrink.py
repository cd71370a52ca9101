"""softshrink: moving towards 0."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied
from adapters.reference.tensor import Tensor

__all__ = ["Softshrink", "softshrink"]


class SoftshrinkBackward0(Function):
    """``x`` moved towards 0 by lambd, and no farther than 0."""

    __slots__ = ("lambd",)

    def forward(self, x: Array, lambd: float) -> Array:
        """The activation."""
        self.saved, self.lambd = (x,), lambd
        return np.where(x > lambd, x - lambd, np.where(x < -lambd, x + lambd, 0))

    def backward(self, gradient: Array) -> Array:
        """``g`` outside the range from -lambd to lambd, 0 inside and at its ends."""
        (x,) = self.saved
        return np.where((x >= -self.lambd) & (x <= self.lambd), 0, gradient)


def softshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """Return every element of ``input`` moved towards 0 by ``lambd``, and no farther than 0.

    Raises:
        RuntimeError: ``lambd`` is negative.
    """
    if lambd < 0:
        raise RuntimeError(f"softshrink: lambd: expected a number that is not negative, not {lambd!r}")
    return applied(SoftshrinkBackward0, "softshrink", input, lambd)


class Softshrink(Module):
    """Moving towards 0, as a module.

    Args:
        lambd: How far.
    """

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"{self.lambd}"

"""tanhshrink: a number less its hyperbolic tangent."""

from __future__ import annotations

from adapters.reference.arithmetic.elementwise import sub
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import require_floating
from adapters.reference.operators.activation.tanh import tanh
from adapters.reference.tensor import Tensor

__all__ = ["Tanhshrink", "tanhshrink"]


def tanhshrink(input: Tensor) -> Tensor:
    """Return ``x - tanh(x)`` for every element x of ``input``."""
    require_floating(input, "tanhshrink")
    return sub(input, tanh(input))


class Tanhshrink(Module):
    """A number less its hyperbolic tangent, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return tanhshrink(input)

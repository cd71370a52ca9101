"""silu: the sigmoid linear unit."""

from __future__ import annotations

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.activation._shared import Overwriting, applied, logistic
from adapters.reference.tensor import Tensor

__all__ = ["SiLU", "silu"]


class SiluBackward0(Function):
    """``x sigmoid(x)``."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The activation."""
        self.saved = (x,)
        result: Array = x * logistic(x)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g s (1 + x (1 - s))``, s being the sigmoid."""
        (x,) = self.saved
        share = logistic(x)
        result: Array = gradient * (share * (1 + x * (1 - share)))
        return result


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """Return ``x sigmoid(x)`` for every element x of ``input``."""
    return applied(SiluBackward0, "silu", input, inplace=inplace)


class SiLU(Overwriting):
    """The sigmoid linear unit, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return silu(input, self.inplace)

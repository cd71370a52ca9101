"""gelu: the Gaussian error linear unit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import Recorded, arrayed
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied
from adapters.reference.tensor import Tensor

__all__ = ["GELU", "gelu"]

_CUBIC = 0.044715
_erfc = np.frompyfunc(math.erfc, 1, 1)


class GeluBackward0(Function):
    """``x`` times the normal distribution's cumulative function, or the approximation of it by tanh."""

    __slots__ = ("approximate",)

    def forward(self, x: Array, approximate: str) -> Array:
        """The activation."""
        self.approximate = approximate
        self.saved = (x,)
        result: Array = x * (tanh_share(x)[0] if approximate == "tanh" else cumulative(x))
        return result

    def backward(self, gradient: Array) -> Array:
        """``g (share + x share')``, the share being what x is multiplied by."""
        (x,) = self.saved
        if self.approximate == "tanh":
            share, slope = tanh_share(x)
        else:
            share, slope = cumulative(x), np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
        result: Array = gradient * (share + x * slope)
        return result


class CumulativeBackward0(Function):
    """The cumulative distribution function of the standard normal distribution, for backward passes on the tape."""

    __slots__ = ()

    def forward(self, x: Array) -> Array:
        """The probability of a smaller number."""
        self.saved = (x,)
        return cumulative(x)

    def backward(self, gradient: Array) -> Array:
        """``g`` times the density."""
        (x,) = self.saved
        result: Array = gradient * (np.exp(-x * x / 2) / math.sqrt(2 * math.pi))
        return result


def cumulative(x: Any) -> Array:
    """Return the cumulative distribution function of the standard normal distribution."""
    if isinstance(x, Recorded):
        return arrayed(Recorded(CumulativeBackward0.apply((x.tensor,))))
    tail = np.asarray(_erfc(x * -math.sqrt(0.5)), dtype=np.float64)
    return (tail / 2).astype(x.dtype)


def tanh_share(x: Array) -> tuple[Array, Array]:
    """Return ``(1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2`` and its derivative."""
    steepness = math.sqrt(2 / math.pi)
    bent = np.tanh(steepness * (x + _CUBIC * x * x * x))
    return (1 + bent) / 2, (1 - bent * bent) / 2 * (steepness * (1 + 3 * _CUBIC * x * x))


def gelu(input: Tensor, approximate: str = "none") -> Tensor:
    """Return x times the normal distribution's cumulative function at x, for every element x of ``input``.

    Args:
        input: Of any shape.
        approximate: ``"none"``, or ``"tanh"`` for the approximation by the hyperbolic tangent.

    Raises:
        RuntimeError: ``approximate`` is neither.
    """
    if approximate not in ("none", "tanh"):
        raise RuntimeError(f"gelu: approximate: expected 'none' or 'tanh', not {approximate!r}")
    return applied(GeluBackward0, "gelu", input, approximate)


class GELU(Module):
    """The Gaussian error linear unit, as a module.

    Args:
        approximate: ``"none"`` or ``"tanh"``.
    """

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return gelu(input, self.approximate)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"approximate={self.approximate!r}"

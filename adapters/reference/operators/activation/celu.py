"""celu: the exponential linear unit that is differentiable for every alpha."""

from __future__ import annotations

from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, with_inplace
from adapters.reference.operators.activation.elu import EluBackward0
from adapters.reference.tensor import Tensor

__all__ = ["CELU", "celu"]


class CeluBackward0(EluBackward0):
    """The exponential linear unit as wide as it is deep."""

    __slots__ = ()


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Return x above 0 and ``alpha (exp(x / alpha) - 1)`` elsewhere, for every element x of ``input``.

    Raises:
        RuntimeError: ``alpha`` is 0.
    """
    if alpha == 0:
        raise RuntimeError(f"celu: alpha: expected another number than 0, not {alpha!r}")
    return applied(CeluBackward0, "celu", input, alpha, 1.0, alpha, inplace=inplace)


class CELU(Module):
    """The exponential linear unit that is differentiable for every alpha, as a module.

    Args:
        alpha: What the exponent is divided by and the negative branch multiplied by.
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return celu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Return the options."""
        return with_inplace(f"alpha={self.alpha}", self)

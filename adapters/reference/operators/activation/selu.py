"""selu: the self-normalizing exponential linear unit."""

from __future__ import annotations

from adapters.reference.operators.activation._shared import Overwriting, applied
from adapters.reference.operators.activation.elu import EluBackward0
from adapters.reference.tensor import Tensor

__all__ = ["SELU", "selu"]

_ALPHA = 1.6732632423543772848170429916717
_SCALE = 1.0507009873554804934193349852946


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """Return ``scale x`` above 0 and ``scale alpha (exp(x) - 1)`` elsewhere, for every element x of ``input``."""
    return applied(EluBackward0, "selu", input, _ALPHA, _SCALE, inplace=inplace)


class SELU(Overwriting):
    """The self-normalizing exponential linear unit, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return selu(input, self.inplace)

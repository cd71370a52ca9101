"""softsign: ``x / (1 + |x|)``."""

from __future__ import annotations

from adapters.reference.arithmetic.elementwise import add, div
from adapters.reference.arithmetic.powers import abs as absolute
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import require_floating
from adapters.reference.tensor import Tensor

__all__ = ["Softsign", "softsign"]


def softsign(input: Tensor) -> Tensor:
    """Return ``x / (1 + |x|)`` for every element x of ``input``."""
    require_floating(input, "softsign")
    return div(input, add(absolute(input), 1))


class Softsign(Module):
    """A number over one more than its absolute value, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return softsign(input)

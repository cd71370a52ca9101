"""relu6: the positive part, limited to 6."""

from __future__ import annotations

from adapters.reference.operators.activation._shared import applied
from adapters.reference.operators.activation.hardtanh import Hardtanh, HardtanhBackward0
from adapters.reference.tensor import Tensor

__all__ = ["ReLU6", "relu6"]


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """Return ``min(max(0, x), 6)`` for every element x of ``input``."""
    return applied(HardtanhBackward0, "relu6", input, 0.0, 6.0, inplace=inplace)


class ReLU6(Hardtanh):
    """The positive part, limited to 6, as a module.

    Args:
        inplace: Write the result into the memory of the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(0.0, 6.0, inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Return the limited positive part of ``input``."""
        return relu6(input, self.inplace)

    def extra_repr(self) -> str:
        """Return the option if it is set."""
        return "inplace=True" if self.inplace else ""

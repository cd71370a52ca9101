"""dropout: elements set to zero at random, and the others multiplied by ``1 / (1 - p)``."""

from __future__ import annotations

from adapters.reference.operators.dropout._shared import DropoutModule, dropped
from adapters.reference.tensor import Tensor

__all__ = ["Dropout", "dropout"]


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Return ``input`` with elements set to zero at random, the others multiplied by ``1 / (1 - p)``.

    Args:
        input: Of any shape.
        p: The probability of being dropped.
        training: Drop; otherwise ``input`` is returned as it is.
        inplace: Write the result into the memory of the input.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
    """
    return dropped("dropout", input, input.array.shape, p, training=training, inplace=inplace)


class Dropout(DropoutModule):
    """Dropout as a module; see :func:`dropout`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input``, in training with what is left to chance."""
        return dropout(input, self.p, self.training, self.inplace)

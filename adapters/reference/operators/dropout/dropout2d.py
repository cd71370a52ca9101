"""dropout2d: whole channels set to zero at random, and the others multiplied by ``1 / (1 - p)``."""

from __future__ import annotations

from adapters.reference.operators.dropout._shared import DropoutModule, channels, dropped, require_dimensions
from adapters.reference.tensor import Tensor

__all__ = ["Dropout2d", "dropout2d"]


def dropout2d(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Return ``input`` with whole channels set to zero at random, the others multiplied by ``1 / (1 - p)``.

    Args:
        input: (N, C, H, W) or (N, C, L).
        p: The probability of being dropped.
        training: Drop; otherwise ``input`` is returned as it is.
        inplace: Write the result into the memory of the input.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
        RuntimeError: ``input`` has another number of dimensions.
    """
    require_dimensions("dropout2d", input, (3, 4))
    return dropped("dropout2d", input, channels(input, 2), p, training=training, inplace=inplace)


class Dropout2d(DropoutModule):
    """Dropout2d as a module; see :func:`dropout2d`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input``, in training with what is left to chance."""
        return dropout2d(input, self.p, self.training, self.inplace)

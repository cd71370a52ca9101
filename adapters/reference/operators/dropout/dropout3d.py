"""dropout3d: whole channels set to zero at random, and the others multiplied by ``1 / (1 - p)``."""

from __future__ import annotations

from adapters.reference.operators.dropout._shared import DropoutModule, channels, dropped, require_dimensions
from adapters.reference.tensor import Tensor

__all__ = ["Dropout3d", "dropout3d"]


def dropout3d(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Return ``input`` with whole channels set to zero at random, the others multiplied by ``1 / (1 - p)``.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W).
        p: The probability of being dropped.
        training: Drop; otherwise ``input`` is returned as it is.
        inplace: Write the result into the memory of the input.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
        RuntimeError: ``input`` has another number of dimensions.
    """
    require_dimensions("dropout3d", input, (4, 5))
    return dropped("dropout3d", input, channels(input, input.ndim - 3), p, training=training, inplace=inplace)


class Dropout3d(DropoutModule):
    """Dropout3d as a module; see :func:`dropout3d`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input``, in training with what is left to chance."""
        return dropout3d(input, self.p, self.training, self.inplace)

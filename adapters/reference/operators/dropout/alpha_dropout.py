"""alpha_dropout: elements set to SELU's saturation at random, mean and variance kept."""

from __future__ import annotations

from adapters.reference.operators.dropout._shared import DropoutModule, saturated
from adapters.reference.tensor import Tensor

__all__ = ["AlphaDropout", "alpha_dropout"]


def alpha_dropout(input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor:
    """Return ``input`` with elements set to SELU's saturation at random, mean and variance kept.

    Args:
        input: Of any shape.
        p: The probability of being dropped.
        training: Drop; otherwise ``input`` is returned as it is.
        inplace: Write the result into the memory of the input.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
    """
    return saturated("alpha_dropout", input, input.array.shape, p, training=training, inplace=inplace)


class AlphaDropout(DropoutModule):
    """Alpha_dropout as a module; see :func:`alpha_dropout`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input``, in training with what is left to chance."""
        return alpha_dropout(input, self.p, self.training, self.inplace)

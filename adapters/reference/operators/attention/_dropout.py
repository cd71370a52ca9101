"""Dropout between the parts of a transformer's layers."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic.elementwise import mul
from adapters.reference.creation import from_numpy
from adapters.reference.nn.module import Module
from adapters.reference.operators.attention._core import factors_of_dropout
from adapters.reference.tensor import Tensor


class Dropout(Module):
    """Elements are zero with a probability in training, and the others scaled so that their mean stays.

    Args:
        p: The probability.
    """

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"Dropout: p: expected a probability from 0 to 1, not {p!r}")
        self.p = p

    def forward(self, input: Tensor) -> Tensor:
        """Return the input with elements dropped, in training."""
        factors = factors_of_dropout(input.array, self.p) if self.training else None
        return input if factors is None else mul(input, from_numpy(factors.astype(np.result_type(input.array))))

    def extra_repr(self) -> str:
        """Return the options."""
        return f"p={self.p}, inplace=False"

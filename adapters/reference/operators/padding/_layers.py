"""What the modules that pad share."""

from __future__ import annotations

from typing import Any

from adapters.reference.nn.module import Module
from adapters.reference.operators.padding.pad import pad
from adapters.reference.tensor import Tensor


class PaddingLayer(Module):
    """An edge around the last dimensions of a tensor.

    Args:
        padding: One width for every boundary, or two for each dimension, the last dimension's first.
    """

    dimensions: int
    mode: str
    value: float | None = None

    def __init__(self, padding: Any) -> None:
        super().__init__()
        self.padding = tuple(padding) if isinstance(padding, (tuple, list)) else (padding,) * 2 * self.dimensions
        if len(self.padding) != 2 * self.dimensions:
            raise ValueError(
                f"{type(self).__name__}: padding: expected an int or {2 * self.dimensions} ints, not {padding!r}"
            )

    def forward(self, input: Tensor) -> Tensor:
        """Return the input with its edge."""
        return pad(input, self.padding, self.mode, self.value)

    def extra_repr(self) -> str:
        """Return the widths."""
        return f"{self.padding}"

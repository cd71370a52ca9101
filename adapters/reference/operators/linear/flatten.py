"""Flatten: dimensions joined into one. The function belongs to tensors, not to ``nn.functional``."""

from __future__ import annotations

from adapters.reference.arithmetic.views import flatten
from adapters.reference.nn.module import Module
from adapters.reference.tensor import Tensor

__all__ = ["Flatten"]


class Flatten(Module):
    """Joins the dimensions from ``start_dim`` to ``end_dim``.

    Args:
        start_dim: The first one; 1 keeps the batch apart.
        end_dim: The last one.
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` with the dimensions joined."""
        return flatten(input, self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"

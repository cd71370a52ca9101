"""Unflatten: one dimension split into several. The function belongs to tensors, not to ``nn.functional``."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.reference.arithmetic.splitting import unflatten
from adapters.reference.nn.module import Module
from adapters.reference.tensor import Tensor

__all__ = ["Unflatten"]


class Unflatten(Module):
    """Splits a dimension.

    Args:
        dim: The dimension.
        unflattened_size: What it is split into; one size may be -1 and is inferred.

    Raises:
        TypeError: ``dim`` is no int, or ``unflattened_size`` no tuple or list of ints.
    """

    def __init__(self, dim: int, unflattened_size: Sequence[int]) -> None:
        super().__init__()
        if isinstance(dim, bool) or not isinstance(dim, int):
            raise TypeError(f"Unflatten: dim: expected an int, not {dim!r}")
        if not isinstance(unflattened_size, (tuple, list)) or not all(isinstance(one, int) for one in unflattened_size):
            raise TypeError(f"Unflatten: unflattened_size: expected a tuple of ints, not {unflattened_size!r}")
        self.dim = dim
        self.unflattened_size = unflattened_size

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` with the dimension split."""
        return unflatten(input, self.dim, self.unflattened_size)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"

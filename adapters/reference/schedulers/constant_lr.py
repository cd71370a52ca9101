"""ConstantLR: a factor for the first steps."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import MultiplyingLR

__all__ = ["ConstantLR"]


class ConstantLR(MultiplyingLR):
    """Multiply the rates by ``factor`` until step ``total_iters``.

    Raises:
        ValueError: The factor is not from 0 to 1.
    """

    def __init__(
        self, optimizer: Optimizer, factor: float = 1.0 / 3, total_iters: int = 5, last_epoch: int = -1
    ) -> None:
        if not 0 <= factor <= 1:
            raise ValueError(f"ConstantLR: factor: expected 0 to 1, not {factor!r}")
        self.share = factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def factor(self, step: int) -> float:
        """Return the factor at the beginning, and its inverse at the end."""
        if step == 0:
            return self.share if self.total_iters > 0 else 1.0
        return 1.0 / self.share if step == self.total_iters else 1.0

"""PolynomialLR: decay by a power of what is left."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import MultiplyingLR

__all__ = ["PolynomialLR"]


class PolynomialLR(MultiplyingLR):
    """Multiply the rates by the share of ``total_iters`` that is left, to the ``power``."""

    def __init__(self, optimizer: Optimizer, total_iters: int = 5, power: float = 1.0, last_epoch: int = -1) -> None:
        self.total_iters = total_iters
        self.power = power
        super().__init__(optimizer, last_epoch)

    def factor(self, step: int) -> float:
        """Return what takes the share left at the step before to that at ``step``."""
        if step == 0 or step > self.total_iters:
            return 1.0
        left = (self.total_iters - step) / (self.total_iters - step + 1)
        return float(left**self.power)

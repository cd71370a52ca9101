"""ExponentialLR: decay at every step."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import MultiplyingLR

__all__ = ["ExponentialLR"]


class ExponentialLR(MultiplyingLR):
    """Multiply the rates by ``gamma`` at every step."""

    def __init__(self, optimizer: Optimizer, gamma: float, last_epoch: int = -1) -> None:
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def factor(self, step: int) -> float:
        """Return gamma, but at the beginning."""
        return self.gamma if step > 0 else 1.0

"""StepLR: decay by steps."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import MultiplyingLR

__all__ = ["StepLR"]


class StepLR(MultiplyingLR):
    """Multiply the rates by ``gamma`` every ``step_size`` steps."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1, last_epoch: int = -1) -> None:
        self.step_size = step_size
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def factor(self, step: int) -> float:
        """Return gamma at multiples of the step size."""
        return self.gamma if step > 0 and step % self.step_size == 0 else 1.0

"""MultiStepLR: decay at milestones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import MultiplyingLR

__all__ = ["MultiStepLR"]


class MultiStepLR(MultiplyingLR):
    """Multiply the rates by ``gamma`` at each of the ``milestones``."""

    def __init__(
        self, optimizer: Optimizer, milestones: Iterable[int], gamma: float = 0.1, last_epoch: int = -1
    ) -> None:
        self.milestones = Counter(milestones)
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def factor(self, step: int) -> float:
        """Return gamma, as often as the step is a milestone."""
        return float(self.gamma ** self.milestones[step])

"""CosineAnnealingLR: half a cosine from the initial rate to the lowest."""

from __future__ import annotations

import math

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import LRScheduler

__all__ = ["CosineAnnealingLR"]


class CosineAnnealingLR(LRScheduler):
    """Take the rates along half a cosine to ``eta_min`` in ``T_max`` steps, by the documented recursion."""

    def __init__(
        self,
        optimizer: Optimizer,
        T_max: int,  # noqa: N803 - documented name
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the rates, from the present ones."""
        if self.last_epoch == 0:
            return self.rates()
        before = 1 + math.cos(math.pi * (self.last_epoch - 1) / self.T_max)
        now = 1 + math.cos(math.pi * self.last_epoch / self.T_max)
        if (self.last_epoch - 1) % (2 * self.T_max) == self.T_max:  # up again from the lowest: nothing to multiply
            return [self.eta_min + (base - self.eta_min) * now / 2 for base in self.base_lrs]
        return [self.eta_min + (rate - self.eta_min) * now / before for rate in self.rates()]

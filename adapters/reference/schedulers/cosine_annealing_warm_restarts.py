"""CosineAnnealingWarmRestarts: cosines that begin anew."""

from __future__ import annotations

import math

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import LRScheduler

__all__ = ["CosineAnnealingWarmRestarts"]


class CosineAnnealingWarmRestarts(LRScheduler):
    """Take the rates along half a cosine to ``eta_min`` in ``T_0`` steps, and again in ``T_mult`` times as many.

    Raises:
        ValueError: A length or factor is not a whole number from 1 up.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_0: int,  # noqa: N803 - documented name
        T_mult: int = 1,  # noqa: N803 - documented name
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        for name, value in (("T_0", T_0), ("T_mult", T_mult)):
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"CosineAnnealingWarmRestarts: {name}: expected an integer from 1 up, not {value!r}")
        self.T_0 = T_0
        self.T_mult = T_mult
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def step(self, epoch: float | None = None) -> None:
        """Go one step on, or to ``epoch``, which may be a fraction."""
        if epoch is None:
            super().step()
            return
        if epoch < 0:
            raise ValueError(f"CosineAnnealingWarmRestarts: epoch: expected 0 or more, not {epoch!r}")
        self.last_epoch = int(epoch)
        self.set_rates(self._rates(epoch))

    def get_lr(self) -> list[float]:
        """Return the rates by the steps since the last restart."""
        return self._rates(self.last_epoch)

    def _rates(self, since: float) -> list[float]:
        length = self.T_0
        while since >= length:
            since, length = since - length, length * self.T_mult
        height = (1 + math.cos(math.pi * since / length)) / 2
        return [self.eta_min + (base - self.eta_min) * height for base in self.base_lrs]

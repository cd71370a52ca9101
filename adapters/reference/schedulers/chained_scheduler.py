"""ChainedScheduler: schedules that all act at every step."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import ComposedLR, LRScheduler

__all__ = ["ChainedScheduler"]


class ChainedScheduler(ComposedLR):
    """Take a step of every one of ``schedulers`` at each step.

    Raises:
        ValueError: There is none.
    """

    def __init__(self, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None = None) -> None:
        if not schedulers:
            raise ValueError("ChainedScheduler: schedulers: expected at least one, not none")
        self.schedulers = list(schedulers)
        self.optimizer = self.schedulers[0].optimizer if optimizer is None else optimizer
        self._last_lr = self.rates()

    def step(self) -> None:
        """Take a step of each."""
        for scheduler in self.schedulers:
            scheduler.step()
        self._last_lr = self.rates()

"""SequentialLR: schedules one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import ComposedLR, LRScheduler

__all__ = ["SequentialLR"]


class SequentialLR(ComposedLR):
    """Run each of ``schedulers`` until the next of ``milestones``, from its own beginning.

    Raises:
        ValueError: There are not as many milestones as there are changes of schedule.
    """

    def __init__(
        self, optimizer: Optimizer, schedulers: Sequence[LRScheduler], milestones: Sequence[int], last_epoch: int = -1
    ) -> None:
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(
                f"SequentialLR: milestones: expected {len(schedulers) - 1}, one for each change, not {len(milestones)}"
            )
        self.optimizer = optimizer
        self.schedulers = list(schedulers)
        self.milestones = list(milestones)
        self.last_epoch = last_epoch + 1
        self._begin(0)
        self._last_lr = self.rates()

    def step(self) -> None:
        """Go one step on."""
        self.last_epoch += 1
        if self.last_epoch in self.milestones:
            self._begin(self.milestones.index(self.last_epoch) + 1)
        else:
            self.schedulers[sum(self.last_epoch >= milestone for milestone in self.milestones)].step()
        self._last_lr = self.rates()

    def _begin(self, turn: int) -> None:
        """Start a schedule from the initial rates."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["initial_lr"]
        self.schedulers[turn].last_epoch = -1
        self.schedulers[turn].step()

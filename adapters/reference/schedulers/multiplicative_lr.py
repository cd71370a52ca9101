"""MultiplicativeLR: a factor at each step by a function of it."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import Factor, LRScheduler, for_each_group

__all__ = ["MultiplicativeLR"]


class MultiplicativeLR(LRScheduler):
    """Multiply each rate, at each step, by a function of the step, one for all groups or one for each.

    Raises:
        ValueError: There are not as many functions as groups.
    """

    def __init__(self, optimizer: Optimizer, lr_lambda: Factor | list[Factor], last_epoch: int = -1) -> None:
        self.lr_lambdas = for_each_group(lr_lambda, optimizer, "MultiplicativeLR: lr_lambda")
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the present rates, times the functions, but at the beginning."""
        if self.last_epoch == 0:
            return self.rates()
        return [rate * factor(self.last_epoch) for rate, factor in zip(self.rates(), self.lr_lambdas, strict=True)]

"""LambdaLR: a factor by a function of the step."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import Factor, LRScheduler, for_each_group

__all__ = ["LambdaLR"]


class LambdaLR(LRScheduler):
    """Set each rate to its initial one times a function of the step, one for all groups or one for each.

    Raises:
        ValueError: There are not as many functions as groups.
    """

    def __init__(self, optimizer: Optimizer, lr_lambda: Factor | list[Factor], last_epoch: int = -1) -> None:
        self.lr_lambdas = for_each_group(lr_lambda, optimizer, "LambdaLR: lr_lambda")
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the initial rates, times the functions."""
        return [base * factor(self.last_epoch) for base, factor in zip(self.base_lrs, self.lr_lambdas, strict=True)]

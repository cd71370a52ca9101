"""ReduceLROnPlateau: a smaller rate when a metric no longer improves."""

from __future__ import annotations

import math
from typing import Any

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import LRScheduler, for_each_group

__all__ = ["ReduceLROnPlateau"]


class ReduceLROnPlateau(LRScheduler):
    """Multiply the rates by ``factor`` when the metric has not improved for more than ``patience`` steps.

    Raises:
        ValueError: An option is out of its range, or a name unknown.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: float | list[float] = 0.0,
        eps: float = 1e-8,
    ) -> None:
        if factor >= 1.0:
            raise ValueError(f"ReduceLROnPlateau: factor: expected less than 1, not {factor!r}")
        if mode not in {"min", "max"}:
            raise ValueError(f"ReduceLROnPlateau: mode: expected 'min' or 'max', not {mode!r}")
        if threshold_mode not in {"rel", "abs"}:
            raise ValueError(f"ReduceLROnPlateau: threshold_mode: expected 'rel' or 'abs', not {threshold_mode!r}")
        self.optimizer = optimizer
        self.sign = -1 if mode == "min" else 1
        self.factor = factor
        self.patience = patience
        self.threshold = threshold
        self.threshold_mode = threshold_mode
        self.cooldown = cooldown
        self.lowest = for_each_group(min_lr, optimizer, "ReduceLROnPlateau: min_lr")
        self.eps = eps
        self.best = -self.sign * math.inf
        self.num_bad_epochs = 0
        self.cooldown_counter = 0
        self.last_epoch = 0
        self._last_lr = self.rates()

    def step(self, metrics: Any = None) -> None:
        """Go one step on, at which the metric is ``metrics``."""
        self.last_epoch += 1
        current = float(metrics)
        if self._improves(current):
            self.best, self.num_bad_epochs = current, 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self.set_rates([self._reduced(rate, low) for rate, low in zip(self.rates(), self.lowest, strict=True)])
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0

    def _improves(self, metric: float) -> bool:
        if self.threshold_mode == "rel" and math.isfinite(self.best):
            bar = self.best * (1 + self.sign * self.threshold)
        else:
            bar = self.best + self.sign * self.threshold
        return self.sign * metric > self.sign * bar

    def _reduced(self, rate: float, lowest: float) -> float:
        reduced = max(rate * self.factor, lowest)
        return reduced if rate - reduced > self.eps else rate

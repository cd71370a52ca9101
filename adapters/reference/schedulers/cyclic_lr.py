"""CyclicLR: back and forth between two rates."""

from __future__ import annotations

from collections.abc import Callable

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import LRScheduler, for_each_group, require_momentum, set_momenta

__all__ = ["CyclicLR"]


class CyclicLR(LRScheduler):
    """Take the rates up from ``base_lr`` to ``max_lr`` and down again.

    Raises:
        ValueError: The mode is none of the three, or there is no momentum to cycle.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | list[float],
        max_lr: float | list[float],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: str = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[float], float] | None = None,
        scale_mode: str = "cycle",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.8,
        max_momentum: float | list[float] = 0.9,
        last_epoch: int = -1,
    ) -> None:
        if scale_fn is None and mode not in {"triangular", "triangular2", "exp_range"}:
            raise ValueError(f"CyclicLR: mode: expected 'triangular', 'triangular2' or 'exp_range', not {mode!r}")
        if cycle_momentum:
            require_momentum(optimizer, "CyclicLR")
        self.cycle_momentum = cycle_momentum
        self.least = for_each_group(base_momentum, optimizer, "CyclicLR: base_momentum")
        self.most = for_each_group(max_momentum, optimizer, "CyclicLR: max_momentum")
        self.lowest = for_each_group(base_lr, optimizer, "CyclicLR: base_lr")
        self.highest = for_each_group(max_lr, optimizer, "CyclicLR: max_lr")
        self.up = step_size_up
        self.down = step_size_up if step_size_down is None else step_size_down
        self.mode = mode
        self.gamma = gamma
        self.scale_fn = scale_fn
        self.scale_mode = scale_mode
        if last_epoch == -1:
            for group, low in zip(optimizer.param_groups, self.lowest, strict=True):
                group["lr"] = low
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the rates by where in the cycle the step is."""
        cycle, within = divmod(self.last_epoch, self.up + self.down)
        share = within / self.up if within <= self.up else (self.up + self.down - within) / self.down
        height = share * self._scale(cycle)
        if self.cycle_momentum:
            pairs = zip(self.least, self.most, strict=True)
            set_momenta(self.optimizer, [most - (most - least) * height for least, most in pairs])
        return [low + (high - low) * height for low, high in zip(self.lowest, self.highest, strict=True)]

    def _scale(self, cycle: int) -> float:
        """Return what the amplitude is multiplied by in a cycle, counted from 0."""
        if self.scale_fn is not None:
            return float(self.scale_fn(cycle + 1 if self.scale_mode == "cycle" else self.last_epoch))
        return {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": self.gamma**self.last_epoch}[self.mode]

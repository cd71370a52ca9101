"""CyclicLR: back and forth between two rates."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import LRScheduler, for_each_group

__all__ = ["CyclicLR"]


class CyclicLR(LRScheduler):
    """Take the rates up from ``base_lr`` to ``max_lr`` and down again.

    Raises:
        ValueError: The mode is none of the three.
        NotImplementedError: Momentum is to be cycled as well, or a scaling function is given.
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
        *,
        cycle_momentum: bool = True,
        last_epoch: int = -1,
    ) -> None:
        if mode not in {"triangular", "triangular2", "exp_range"}:
            raise ValueError(f"CyclicLR: mode: expected 'triangular', 'triangular2' or 'exp_range', not {mode!r}")
        if cycle_momentum:
            raise NotImplementedError("CyclicLR: the reference backend cycles no momentum: give cycle_momentum=False")
        self.lowest = for_each_group(base_lr, optimizer, "CyclicLR: base_lr")
        self.highest = for_each_group(max_lr, optimizer, "CyclicLR: max_lr")
        self.up = step_size_up
        self.down = step_size_up if step_size_down is None else step_size_down
        self.mode = mode
        self.gamma = gamma
        if last_epoch == -1:
            for group, low in zip(optimizer.param_groups, self.lowest, strict=True):
                group["lr"] = low
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the rates by where in the cycle the step is."""
        cycle, within = divmod(self.last_epoch, self.up + self.down)
        share = within / self.up if within <= self.up else (self.up + self.down - within) / self.down
        scale = {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": self.gamma**self.last_epoch}[self.mode]
        return [low + (high - low) * share * scale for low, high in zip(self.lowest, self.highest, strict=True)]

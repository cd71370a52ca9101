"""LinearLR: a factor that changes linearly over the first steps."""

from __future__ import annotations

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import MultiplyingLR

__all__ = ["LinearLR"]


class LinearLR(MultiplyingLR):
    """Multiply the rates by a factor that goes from ``start_factor`` to ``end_factor`` in ``total_iters`` steps.

    Raises:
        ValueError: A factor is out of its range.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1.0 / 3,
        end_factor: float = 1.0,
        total_iters: int = 5,
        last_epoch: int = -1,
    ) -> None:
        if not 0 < start_factor <= 1:
            raise ValueError(f"LinearLR: start_factor: expected above 0 and at most 1, not {start_factor!r}")
        if not 0 <= end_factor <= 1:
            raise ValueError(f"LinearLR: end_factor: expected 0 to 1, not {end_factor!r}")
        self.start_factor = start_factor
        self.end_factor = end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def factor(self, step: int) -> float:
        """Return what takes the factor of the step before to that of ``step``."""
        if step == 0:
            return self._at(0)
        return self._at(step) / self._at(step - 1) if step <= self.total_iters else 1.0

    def _at(self, step: int) -> float:
        return self.start_factor + (self.end_factor - self.start_factor) * step / self.total_iters

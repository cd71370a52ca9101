"""OneCycleLR: one rise and one long fall."""

from __future__ import annotations

import math

from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.schedulers.scheduler import LRScheduler, for_each_group, require_momentum, set_momenta

__all__ = ["OneCycleLR"]


class OneCycleLR(LRScheduler):
    """Take the rates up to ``max_lr`` and down to nearly nothing, in one cycle of ``total_steps``.

    Raises:
        ValueError: The length is not given, an option is out of its range, there is no momentum to cycle, or a step is
            taken after the last.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | list[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.85,
        max_momentum: float | list[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        if total_steps is None:
            if epochs is None or steps_per_epoch is None:
                raise ValueError("OneCycleLR: expected total_steps, or both epochs and steps_per_epoch")
            total_steps = epochs * steps_per_epoch
        if total_steps <= 0:
            raise ValueError(f"OneCycleLR: total_steps: expected 1 or more, not {total_steps!r}")
        if not 0 <= pct_start <= 1:
            raise ValueError(f"OneCycleLR: pct_start: expected 0 to 1, not {pct_start!r}")
        if anneal_strategy not in {"cos", "linear"}:
            raise ValueError(f"OneCycleLR: anneal_strategy: expected 'cos' or 'linear', not {anneal_strategy!r}")
        if cycle_momentum:
            require_momentum(optimizer, "OneCycleLR")
        self.cycle_momentum = cycle_momentum
        self.total_steps = total_steps
        self.strategy = anneal_strategy
        peak = pct_start * total_steps - 1
        self.turns = [peak, 2 * peak, total_steps - 1] if three_phase else [peak, total_steps - 1]
        self.heights = []
        for top in for_each_group(max_lr, optimizer, "OneCycleLR: max_lr"):
            first = top / div_factor
            middle = [first] if three_phase else []
            self.heights.append([first, top, *middle, first / final_div_factor])
        self.momenta = [
            [most, least, *([most] if three_phase else []), most]
            for least, most in zip(
                for_each_group(base_momentum, optimizer, "OneCycleLR: base_momentum"),
                for_each_group(max_momentum, optimizer, "OneCycleLR: max_momentum"),
                strict=True,
            )
        ]
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the rates by the phase that the step is in."""
        step = self.last_epoch
        if step > self.total_steps:
            raise ValueError(f"OneCycleLR: expected at most {self.total_steps} steps, not {step}")
        phase = next((i for i, turn in enumerate(self.turns) if step <= turn), len(self.turns) - 1)
        begin = self.turns[phase - 1] if phase > 0 else 0
        share = (step - begin) / (self.turns[phase] - begin)
        if self.strategy == "cos":
            share = (1 - math.cos(math.pi * share)) / 2
        if self.cycle_momentum:
            set_momenta(self.optimizer, [_between(turns, phase, share) for turns in self.momenta])
        return [_between(turns, phase, share) for turns in self.heights]


def _between(turns: list[float], phase: int, share: float) -> float:
    return turns[phase] + (turns[phase + 1] - turns[phase]) * share

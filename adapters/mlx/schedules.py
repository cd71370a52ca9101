"""torch's learning-rate schedules as functions of the count of steps, those of ``mlx.optimizers``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mlx.optimizers as optim

from adapters.contract import Schedule, Unsupported

Rate = Callable[[Any], Any]


def schedule(name: str, rate: float, options: Mapping[str, Any]) -> Rate:
    """Return MLX's schedule from ``rate`` for ``torch.optim.lr_scheduler.<name>(**options)``."""
    if name not in _SCHEDULES:
        raise Unsupported(f"lr_scheduler.{name}")
    return _SCHEDULES[name](rate, **options)


def _linear(rate: float, start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5) -> Rate:
    return optim.linear_schedule(rate * start_factor, rate * end_factor, total_iters)


def _exponential(rate: float, gamma: float) -> Rate:
    return optim.exponential_decay(rate, gamma)


def _steps(rate: float, step_size: int, gamma: float = 0.1) -> Rate:
    return optim.step_decay(rate, gamma, step_size)


def _cosine(rate: float, T_max: int, eta_min: float = 0.0) -> Rate:  # noqa: N803 - as torch documents it
    course = optim.cosine_decay(rate, T_max, eta_min)

    def until_the_minimum(count: Any) -> Any:
        if int(count) > T_max:
            raise Unsupported("CosineAnnealingLR after T_max steps, where MLX's schedule stays at its minimum")
        return course(count)

    return until_the_minimum


def _sequential(rate: float, schedulers: Sequence[Schedule], milestones: Sequence[int]) -> Rate:
    return optim.join_schedules([schedule(part.name, rate, part.options) for part in schedulers], list(milestones))


_SCHEDULES: Mapping[str, Callable[..., Rate]] = {
    "CosineAnnealingLR": _cosine,
    "ExponentialLR": _exponential,
    "LinearLR": _linear,
    "SequentialLR": _sequential,
    "StepLR": _steps,
}

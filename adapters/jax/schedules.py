"""torch's learning-rate schedules as optax's functions of the count of steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import optax

from adapters.contract import Schedule, Unsupported

Rate = Callable[[int], Any]


def schedule(name: str, rate: float, options: Mapping[str, Any]) -> Rate:
    """Return optax's schedule from ``rate`` for ``torch.optim.lr_scheduler.<name>(**options)``."""
    if name not in _SCHEDULES:
        raise Unsupported(f"lr_scheduler.{name}")
    return _SCHEDULES[name](rate, **options)


def _constant(rate: float, factor: float = 1 / 3, total_iters: int = 5) -> Rate:
    parts = [optax.constant_schedule(rate * factor), optax.constant_schedule(rate)]
    return optax.join_schedules(parts, [total_iters])


def _linear(rate: float, start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5) -> Rate:
    return optax.linear_schedule(rate * start_factor, rate * end_factor, total_iters)


def _polynomial(rate: float, total_iters: int = 5, power: float = 1.0) -> Rate:
    return optax.polynomial_schedule(rate, 0.0, power, total_iters)


def _exponential(rate: float, gamma: float) -> Rate:
    return optax.exponential_decay(rate, 1, gamma)


def _steps(rate: float, step_size: int, gamma: float = 0.1) -> Rate:
    return optax.exponential_decay(rate, step_size, gamma, staircase=True)


def _milestones(rate: float, milestones: Sequence[int], gamma: float = 0.1) -> Rate:
    return optax.piecewise_constant_schedule(rate, {at: gamma**times for at, times in Counter(milestones).items()})


def _cosine(rate: float, T_max: int, eta_min: float = 0.0) -> Rate:  # noqa: N803 - as torch documents it
    course = optax.cosine_decay_schedule(rate, T_max, eta_min / rate)

    def until_the_minimum(count: int) -> Any:
        if count > T_max:
            raise Unsupported("CosineAnnealingLR after T_max steps, where optax's schedule stays at its minimum")
        return course(count)

    return until_the_minimum


def _sequential(rate: float, schedulers: Sequence[Schedule], milestones: Sequence[int]) -> Rate:
    return optax.join_schedules([schedule(part.name, rate, part.options) for part in schedulers], list(milestones))


_SCHEDULES: Mapping[str, Callable[..., Rate]] = {
    "ConstantLR": _constant,
    "CosineAnnealingLR": _cosine,
    "ExponentialLR": _exponential,
    "LinearLR": _linear,
    "MultiStepLR": _milestones,
    "PolynomialLR": _polynomial,
    "SequentialLR": _sequential,
    "StepLR": _steps,
}


class OptaxSchedule:
    """Schedules and the count that they are functions of.

    Args:
        schedules: One for each parameter group.
    """

    def __init__(self, schedules: Sequence[Rate]) -> None:
        self._schedules = schedules
        self._count = 0

    def rates(self) -> Sequence[float]:
        """Return the rate of every group at the count."""
        return [float(rate(self._count)) for rate in self._schedules]

    def step(self, metric: float | None = None) -> None:
        """Count one step."""
        if metric is not None:
            raise Unsupported("schedules that go by a metric")
        self._count += 1

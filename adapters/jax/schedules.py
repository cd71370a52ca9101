"""torch's learning-rate schedules as optax's functions of the count of steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax.numpy as jnp
import optax
import optax.contrib

from adapters.contract import Schedule, Unsupported
from adapters.jax.arrays import restored
from adapters.translation import lacking, renamed

Rate = Callable[[int], Any]

_PERIODS = 8
"""How many periods are listed of a schedule that restarts: optax takes a list of them, torch goes on for ever."""

_OF_GROUPS = frozenset({"max_lr", "min_lr"})
"""Options that may be lists with one value for each parameter group."""


def scheduled(name: str, rates: Sequence[float], options: Mapping[str, Any]) -> OptaxSchedule | OptaxPlateau:
    """Return optax's schedule for ``torch.optim.lr_scheduler.<name>(**options)`` over groups of those rates."""
    given = [
        {
            option: value[group] if option in _OF_GROUPS and isinstance(value, list) else value
            for option, value in options.items()
        }
        for group in range(len(rates))
    ]
    if name == "ReduceLROnPlateau":
        return OptaxPlateau(rates, given)
    return OptaxSchedule([schedule(name, rate, own) for rate, own in zip(rates, given, strict=True)])


def schedule(name: str, rate: float, options: Mapping[str, Any]) -> Rate:
    """Return optax's schedule from ``rate`` for ``torch.optim.lr_scheduler.<name>(**options)``."""
    lacking(f"lr_scheduler.{name}", when=name not in _SCHEDULES)
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
        lacking("CosineAnnealingLR after T_max, where optax's schedule stays at its minimum", when=count > T_max)
        return course(count)

    return until_the_minimum


def _restarts(rate: float, T_0: int, T_mult: int = 1, eta_min: float = 0.0) -> Rate:  # noqa: N803
    lengths = [T_0 * T_mult**period for period in range(_PERIODS)]
    whole = {"init_value": rate, "peak_value": rate, "warmup_steps": 0, "end_value": eta_min}
    return optax.sgdr_schedule([{**whole, "decay_steps": length} for length in lengths])


def _one_cycle(
    rate: float,
    max_lr: float,
    total_steps: int | None = None,
    epochs: int | None = None,
    steps_per_epoch: int | None = None,
    *,
    cycle_momentum: bool = True,
    pct_start: float = 0.3,
    anneal_strategy: str = "cos",
    **factors: float,
) -> Rate:
    del rate
    lacking("OneCycleLR: cycle_momentum=True", when=cycle_momentum)
    lacking(f"OneCycleLR: anneal_strategy={anneal_strategy!r} of two phases", when=anneal_strategy != "cos")
    if total_steps is None:
        if epochs is None or steps_per_epoch is None:
            raise Unsupported("OneCycleLR: no number of steps")
        total_steps = epochs * steps_per_epoch
    rise = pct_start * total_steps - 1
    lacking("OneCycleLR: a peak between two steps", when=abs(rise - round(rise)) > 1e-9)
    last = total_steps - 1
    lacking("OneCycleLR: a rise to the very end", when=round(rise) == last)
    known = renamed("OneCycleLR", factors, {"div_factor": "div_factor", "final_div_factor": "final_div_factor"})
    # Its peak is at the whole part of pct_start times the steps, which half a step more keeps from being one too low.
    return optax.cosine_onecycle_schedule(last, max_lr, (round(rise) + 0.5) / last, **known)


def _sequential(rate: float, schedulers: Sequence[Schedule], milestones: Sequence[int]) -> Rate:
    return optax.join_schedules([schedule(part.name, rate, part.options) for part in schedulers], list(milestones))


_SCHEDULES: Mapping[str, Callable[..., Rate]] = {
    "ConstantLR": _constant,
    "CosineAnnealingLR": _cosine,
    "CosineAnnealingWarmRestarts": _restarts,
    "ExponentialLR": _exponential,
    "LinearLR": _linear,
    "MultiStepLR": _milestones,
    "OneCycleLR": _one_cycle,
    "PolynomialLR": _polynomial,
    "SequentialLR": _sequential,
    "StepLR": _steps,
}


class OptaxSchedule:
    """Schedules, and the count that each is a function of, as ``optax.scale_by_schedule`` keeps it.

    Args:
        schedules: One for each parameter group.
    """

    def __init__(self, schedules: Sequence[Rate]) -> None:
        self._schedules = schedules
        self._parts = [optax.scale_by_schedule(rate) for rate in schedules]
        self._states = [part.init(()) for part in self._parts]

    def rates(self) -> Sequence[float]:
        """Return the rate of every group at the count."""
        return [float(rate(state.count)) for rate, state in zip(self._schedules, self._states, strict=True)]

    def step(self, metric: float | None = None) -> None:
        """Count one step."""
        lacking("step() of a schedule with the number of an epoch", when=metric is not None)
        self._states = [part.update((), state)[1] for part, state in zip(self._parts, self._states, strict=True)]

    def resumed(self) -> OptaxSchedule:
        """Return like schedules that start from copies of these ones' counts."""
        other = OptaxSchedule(self._schedules)
        other._states = restored(other._states, self._states)
        return other


class OptaxPlateau:
    """``optax.contrib.reduce_on_plateau``, which scales updates by how the metric went; here the rates are the updates.

    Args:
        rates: The rate of each parameter group.
        options: torch's options, for each group.
    """

    def __init__(self, rates: Sequence[float], options: Sequence[Mapping[str, Any]]) -> None:
        self._arguments = rates, options
        self._first = list(rates)
        self._rates = list(rates)
        self._parts = [_plateau(rate, **own) for rate, own in zip(rates, options, strict=True)]
        self._states = [part.init(jnp.asarray(rate)) for part, rate in zip(self._parts, rates, strict=True)]

    def rates(self) -> Sequence[float]:
        """Return the rate of every group as it was scaled last."""
        return self._rates

    def step(self, metric: float | None = None) -> None:
        """Take the metric of one more step."""
        updated = [
            part.update(jnp.asarray(rate), state, value=metric)
            for part, rate, state in zip(self._parts, self._first, self._states, strict=True)
        ]
        self._rates = [float(rate) for rate, _ in updated]
        self._states = [state for _, state in updated]

    def resumed(self) -> OptaxPlateau:
        """Return like schedules that start from copies of these ones' states, and rates as they were scaled last."""
        other = OptaxPlateau(*self._arguments)
        other._rates, other._states = self._rates, restored(other._states, self._states)
        return other


def _plateau(
    rate: float,
    *,
    mode: str = "min",
    factor: float = 0.1,
    patience: int = 10,
    threshold: float = 1e-4,
    threshold_mode: str = "rel",
    cooldown: int = 0,
    min_lr: float = 0.0,
    eps: float = 1e-8,
) -> optax.GradientTransformationExtraArgs:
    lacking(f"ReduceLROnPlateau: mode={mode!r}", when=mode != "min")
    lacking(f"ReduceLROnPlateau: threshold_mode={threshold_mode!r}", when=threshold_mode not in {"rel", "abs"})
    lacking("ReduceLROnPlateau: eps=", when=eps != 1e-8)
    lacking("ReduceLROnPlateau: a threshold of 0", when=threshold == 0)
    relative, absolute = (threshold, 0.0) if threshold_mode == "rel" else (0.0, threshold)
    return optax.contrib.reduce_on_plateau(  # whose patience is the step that reduces, torch's the last that does not
        factor, patience + 1, relative, absolute, cooldown, min_scale=min_lr / rate
    )

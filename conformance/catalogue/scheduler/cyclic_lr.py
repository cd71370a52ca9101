"""cyclic_lr: back and forth between two rates."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import (
    Fading,
    FirstCycle,
    constant,
    course,
    momentum,
    momentum_kept,
    of_group,
    refused,
)
from conformance.clause import documented
from conformance.oracle import Arithmetic, Bounded


def rates(
    initial: Bounded,
    steps: int,
    group: int,
    metrics: tuple[float, ...],
    base_lr: float | list[float],
    max_lr: float | list[float],
    cycle_momentum: bool = True,
    base_momentum: float | list[float] = 0.8,
    max_momentum: float | list[float] = 0.9,
    **cycle: Any,
) -> list[Bounded]:
    """Return the rates of triangles between base_lr and max_lr, the amplitude scaled by the mode."""
    del metrics, cycle_momentum, base_momentum, max_momentum
    low, high = constant(of_group(base_lr, group), initial), constant(of_group(max_lr, group), initial)
    return [low + (high - low) * height for height in _heights(initial.arithmetic, steps, **cycle)]


def momenta(
    before: Bounded,
    steps: int,
    group: int,
    base_lr: float | list[float],
    max_lr: float | list[float],
    cycle_momentum: bool = True,
    base_momentum: float | list[float] = 0.8,
    max_momentum: float | list[float] = 0.9,
    **cycle: Any,
) -> list[Bounded]:
    """Return the momenta, which are base_momentum where the rate is highest."""
    del base_lr, max_lr
    if not cycle_momentum:
        return [before] * (steps + 1)
    low = constant(of_group(base_momentum, group), before)
    high = constant(of_group(max_momentum, group), before)
    return [high - (high - low) * height for height in _heights(before.arithmetic, steps, **cycle)]


def _heights(
    arithmetic: Arithmetic,
    steps: int,
    step_size_up: int = 2000,
    step_size_down: int | None = None,
    mode: str = "triangular",
    gamma: float = 1.0,
    scale_fn: Callable[[float], float] | None = None,
    scale_mode: str = "cycle",
) -> list[Bounded]:
    """Return how far up the triangle each step is, times what scales the amplitude."""
    down = step_size_up if step_size_down is None else step_size_down
    found = []
    for step in range(steps + 1):
        cycle, within = divmod(step, step_size_up + down)
        rising = within <= step_size_up
        share = Bounded.constant(float(within if rising else step_size_up + down - within), arithmetic)
        scale = {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": math.pow(gamma, step)}[mode]
        if scale_fn is not None:
            scale = scale_fn(cycle + 1 if scale_mode == "cycle" else step)
        found.append(share / float(step_size_up if rising else down) * Bounded.constant(scale, arithmetic))
    return found


_MOMENTUM = {"base_lr": 0.1, "max_lr": 0.7, "step_size_up": 5, "step_size_down": 3}

CARD = SchedulerCard(
    "cyclic_lr",
    documented("generated/torch.optim.lr_scheduler.CyclicLR.html"),
    (
        course(
            "rates",
            "The rate rises linearly from base_lr to max_lr in step_size_up steps, and falls back in as many.",
            Course("triangles", {"base_lr": 0.1, "max_lr": 0.7, "step_size_up": 6, "cycle_momentum": False}),
        ),
        course(
            "step-size-down",
            "The falling part takes step_size_down steps if it is given.",
            Course(
                "uneven",
                {"base_lr": 0.1, "max_lr": 0.7, "step_size_up": 3, "step_size_down": 8, "cycle_momentum": False},
            ),
        ),
        course(
            "triangular2",
            "In mode triangular2 the amplitude halves with each cycle.",
            Course(
                "halving",
                {"base_lr": 0.1, "max_lr": 0.9, "step_size_up": 5, "mode": "triangular2", "cycle_momentum": False},
            ),
        ),
        course(
            "exp-range",
            "In mode exp_range the amplitude is scaled by gamma to the power of the step.",
            Course(
                "fading",
                {
                    "base_lr": 0.1,
                    "max_lr": 0.9,
                    "step_size_up": 5,
                    "mode": "exp_range",
                    "gamma": 0.95,
                    "cycle_momentum": False,
                },
            ),
        ),
        course(
            "one-for-each-group",
            "Lists of boundaries give each group its own.",
            Course(
                "two",
                {"base_lr": [0.1, 0.02], "max_lr": [0.5, 0.3], "step_size_up": 4, "cycle_momentum": False},
                steps=12,
            ),
        ),
        course(
            "scale-function",
            "scale_fn scales the amplitude, whatever the mode.",
            Course(
                "half",
                {
                    "base_lr": 0.1,
                    "max_lr": 0.9,
                    "step_size_up": 4,
                    "mode": "triangular2",
                    "scale_fn": Fading(0.5, constant=True),
                    "cycle_momentum": False,
                },
            ),
        ),
        course(
            "scale-mode",
            "With scale_mode='iterations' scale_fn is given the iteration in the cycle.",
            Course(
                "first-cycle",
                {
                    "base_lr": 0.1,
                    "max_lr": 0.9,
                    "step_size_up": 7,
                    "scale_fn": Fading(0.9),
                    "scale_mode": "iterations",
                    "cycle_momentum": False,
                },
                steps=13,
            ),
        ),
        course(
            "scale-by-cycle",
            "By default scale_fn is given the number of the cycle, a whole number from 0 or 1 on.",
            Course(
                "first-cycle",
                {
                    "base_lr": 0.1,
                    "max_lr": 0.9,
                    "step_size_up": 7,
                    "scale_fn": FirstCycle(),
                    "cycle_momentum": False,
                },
                steps=13,
            ),
        ),
        momentum(
            "momentum",
            "The momentum goes the other way: from max_momentum at the start of a cycle to base_momentum at its peak.",
            Course("given", {**_MOMENTUM, "base_momentum": 0.5, "max_momentum": 0.95}, steps=20),
            Course("halving", {**_MOMENTUM, "mode": "triangular2", "base_momentum": 0.3}, steps=20),
            Course("one-each", {**_MOMENTUM, "base_momentum": [0.2, 0.6], "max_momentum": [0.7, 0.8]}, steps=9),
        ),
        momentum(
            "momentum-defaults",
            "cycle_momentum is on, base_momentum 0.8 and max_momentum 0.9 unless they are given.",
            Course("default", _MOMENTUM, steps=12),
        ),
        momentum_kept(_MOMENTUM, 12),
        refused(
            "mode-name",
            "A mode that is none of 'triangular', 'triangular2' and 'exp_range' is refused.",
            Course("other", {"base_lr": 0.1, "max_lr": 0.7, "mode": "triangle", "cycle_momentum": False}),
        ),
    ),
    class_name="CyclicLR",
    course=rates,
    momenta=momenta,
)

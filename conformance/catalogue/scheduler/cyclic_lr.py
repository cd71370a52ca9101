"""cyclic_lr: back and forth between two rates."""

from __future__ import annotations

import math

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import constant, course
from conformance.clause import documented
from conformance.oracle import Bounded


def rates(
    initial: Bounded,
    steps: int,
    group: int,
    metrics: tuple[float, ...],
    base_lr: float | list[float],
    max_lr: float | list[float],
    step_size_up: int = 2000,
    step_size_down: int | None = None,
    mode: str = "triangular",
    gamma: float = 1.0,
    cycle_momentum: bool = True,
) -> list[Bounded]:
    """Return the rates of triangles between base_lr and max_lr, the amplitude scaled by the mode."""
    del metrics, cycle_momentum
    low = constant(base_lr[group] if isinstance(base_lr, list) else base_lr, initial)
    high = constant(max_lr[group] if isinstance(max_lr, list) else max_lr, initial)
    down = step_size_up if step_size_down is None else step_size_down
    found = []
    for step in range(steps + 1):
        cycle, within = divmod(step, step_size_up + down)
        rising = within <= step_size_up
        share = constant(float(within if rising else step_size_up + down - within), initial)
        height = (high - low) * share / float(step_size_up if rising else down)
        scale = {"triangular": 1.0, "triangular2": 0.5**cycle, "exp_range": math.pow(gamma, step)}[mode]
        found.append(low + height * constant(scale, initial))
    return found


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
    ),
    class_name="CyclicLR",
    course=rates,
)

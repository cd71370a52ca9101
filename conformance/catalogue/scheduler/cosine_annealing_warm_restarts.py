"""cosine_annealing_warm_restarts: cosines that begin anew."""

from __future__ import annotations

import math
from typing import Any

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded, cos


def rate(
    initial: Bounded,
    step: float,
    T_0: int,  # noqa: N803 - documented name
    T_mult: int = 1,  # noqa: N803 - documented name
    eta_min: float = 0.0,
) -> Bounded:
    """Return eta_min + (initial - eta_min) (1 + cos(T_cur pi / T_i)) / 2, T_cur counted from the last restart."""
    length = T_0
    while step >= length:
        step, length = step - length, length * T_mult
    angle = constant(math.pi, initial) * float(step) / float(length)
    return (initial - eta_min) * (1.0 + cos(angle)) * 0.5 + eta_min


def rates(initial: Bounded, steps: int, group: int, metrics: tuple[float, ...], **options: Any) -> list[Bounded]:
    """Return the rates after each step, of the number that is given, or else of the number of the step."""
    del group
    return [rate(initial, step, **options) for step in ((0.0, *metrics) if metrics else range(steps + 1))]


_EPOCHS = (0.25, 0.5, 0.75, 1.0, 2.5, 3.75, 4.0, 26.0, 27.0, 3.5)

CARD = SchedulerCard(
    "cosine_annealing_warm_restarts",
    documented("generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html"),
    (
        course(
            "rates",
            "The rate goes along half a cosine from the initial rate towards eta_min in T_0 steps, and begins anew.",
            Course("alike", {"T_0": 9, "eta_min": 0.01}),
        ),
        course(
            "growing-periods",
            "Each period is T_mult times as long as the one before.",
            Course("doubling", {"T_0": 5, "T_mult": 2}),
            Course("tripling", {"T_0": 2, "T_mult": 3, "eta_min": 0.02}),
        ),
        course(
            "given-epoch",
            "step() takes the number of the epoch, fractions of one too, and goes there, forwards or backwards.",
            Course("fractions", {"T_0": 4, "eta_min": 0.03}, steps=len(_EPOCHS), metrics=_EPOCHS),
            Course("doubling", {"T_0": 2, "T_mult": 2}, steps=len(_EPOCHS), metrics=_EPOCHS),
        ),
        refused("period-range", "A T_0 that is no positive integer is refused.", Course("zero", {"T_0": 0})),
        refused("multiplier-range", "A T_mult below 1 is refused.", Course("zero", {"T_0": 5, "T_mult": 0})),
    ),
    class_name="CosineAnnealingWarmRestarts",
    course=rates,
)

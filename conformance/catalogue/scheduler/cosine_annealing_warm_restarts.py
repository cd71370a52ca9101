"""cosine_annealing_warm_restarts: cosines that begin anew."""

from __future__ import annotations

import math

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded, cos


def rate(
    initial: Bounded,
    step: int,
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
        refused("period-range", "A T_0 that is no positive integer is refused.", Course("zero", {"T_0": 0})),
        refused("multiplier-range", "A T_mult below 1 is refused.", Course("zero", {"T_0": 5, "T_mult": 0})),
    ),
    class_name="CosineAnnealingWarmRestarts",
    course=closed(rate),
)

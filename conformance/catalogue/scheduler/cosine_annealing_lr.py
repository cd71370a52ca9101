"""cosine_annealing_lr: half a cosine from the initial rate to the lowest."""

from __future__ import annotations

import math

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, constant, course
from conformance.clause import documented
from conformance.oracle import Bounded, cos


def rate(initial: Bounded, step: int, T_max: int, eta_min: float = 0.0) -> Bounded:  # noqa: N803 - documented name
    """Return eta_min + (initial - eta_min) (1 + cos(step pi / T_max)) / 2."""
    angle = constant(math.pi, initial) * float(step) / float(T_max)
    return (initial - eta_min) * (1.0 + cos(angle)) * 0.5 + eta_min


CARD = SchedulerCard(
    "cosine_annealing_lr",
    documented("generated/torch.optim.lr_scheduler.CosineAnnealingLR.html"),
    (
        course(
            "rates",
            "The rate goes along half a cosine from the initial rate to eta_min at step T_max.",
            Course("to-zero", {"T_max": 40}, steps=30),
            Course("to-a-minimum", {"T_max": 17, "eta_min": 0.03}, steps=17),
        ),
        course(
            "without-restarts",
            "Beyond T_max the cosine goes on, and the rate rises as it fell: there are no restarts.",
            Course("one-period", {"T_max": 7, "eta_min": 0.02}, steps=13),
            Course("two-periods", {"T_max": 4, "eta_min": 0.02}, steps=15),
        ),
    ),
    class_name="CosineAnnealingLR",
    course=closed(rate),
)

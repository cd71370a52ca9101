"""constant_lr: a factor for the first steps."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(initial: Bounded, step: int, factor: float | None = None, total_iters: int = 5) -> Bounded:
    """Return the initial rate, times the factor before step total_iters."""
    if step >= total_iters:
        return initial
    return initial * (constant(1.0, initial) / 3.0 if factor is None else constant(factor, initial))


CARD = SchedulerCard(
    "constant_lr",
    documented("generated/torch.optim.lr_scheduler.ConstantLR.html"),
    (
        course(
            "rates",
            "The rate of each group is multiplied by the factor until step total_iters, and is its own from there.",
            Course("until-seven", {"factor": 0.3, "total_iters": 7}),
            Course("until-one", {"factor": 0.5, "total_iters": 1}, steps=4),
        ),
        course(
            "defaults", "The factor is one third and total_iters 5 unless they are given.", Course("default", steps=8)
        ),
        refused(
            "factor-range",
            "A factor above 1 or below 0 is refused.",
            Course("above", {"factor": 1.5}),
            Course("below", {"factor": -0.5}),
        ),
    ),
    class_name="ConstantLR",
    course=closed(rate),
)

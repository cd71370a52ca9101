"""chained_scheduler: schedules that all act at every step."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course, Part
from conformance.catalogue.scheduler._parts import CONSTANT, EXPONENTIAL, LINEAR, STEPS, rate_of
from conformance.catalogue.scheduler._shared import closed, course
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(initial: Bounded, step: int, schedulers: list[Part]) -> Bounded:
    """Return the rate that each schedule makes of what the one before it made."""
    for part in schedulers:
        initial = rate_of(part, initial, step)
    return initial


CARD = SchedulerCard(
    "chained_scheduler",
    documented("generated/torch.optim.lr_scheduler.ChainedScheduler.html"),
    (
        course(
            "rates",
            "All schedules act at every step, each on what the others made of the rate.",
            Course("two", {"schedulers": [CONSTANT, EXPONENTIAL]}),
            Course("three", {"schedulers": [LINEAR, STEPS, EXPONENTIAL]}),
        ),
    ),
    class_name="ChainedScheduler",
    course=closed(rate),
)

"""sequential_lr: schedules one after the other."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course, Part
from conformance.catalogue.scheduler._parts import CONSTANT, EXPONENTIAL, LINEAR, STEPS, rate_of
from conformance.catalogue.scheduler._shared import closed, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(initial: Bounded, step: int, schedulers: list[Part], milestones: list[int]) -> Bounded:
    """Return the rate of the schedule whose turn it is, counted from its milestone."""
    turn = sum(step >= milestone for milestone in milestones)
    return rate_of(schedulers[turn], initial, step - ([0, *milestones])[turn])


CARD = SchedulerCard(
    "sequential_lr",
    documented("generated/torch.optim.lr_scheduler.SequentialLR.html"),
    (
        course(
            "rates",
            "Each schedule runs until the next milestone, from its own beginning.",
            Course("two", {"schedulers": [CONSTANT, EXPONENTIAL], "milestones": [9]}),
            Course("second-begins-low", {"schedulers": [EXPONENTIAL, LINEAR], "milestones": [6]}),
            Course("three", {"schedulers": [LINEAR, EXPONENTIAL, STEPS], "milestones": [12, 20]}),
        ),
        refused(
            "number-of-milestones",
            "There must be one milestone less than there are schedules.",
            Course("too-many", {"schedulers": [CONSTANT, EXPONENTIAL], "milestones": [5, 9]}),
        ),
    ),
    class_name="SequentialLR",
    course=closed(rate),
)

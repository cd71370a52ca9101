"""step_lr: decay by steps."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, course, times_power
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(initial: Bounded, step: int, step_size: int, gamma: float = 0.1) -> Bounded:
    """Return the initial rate times gamma for every step_size steps taken."""
    return times_power(initial, gamma, step // step_size)


CARD = SchedulerCard(
    "step_lr",
    documented("generated/torch.optim.lr_scheduler.StepLR.html"),
    (
        course(
            "rates",
            "The rate of each group is multiplied by gamma every step_size steps.",
            Course("three", {"step_size": 3, "gamma": 0.75}),
            Course("every-step", {"step_size": 1, "gamma": 0.9}),
            Course("growing", {"step_size": 7, "gamma": 1.5}),
        ),
        course("gamma-default", "gamma is 0.1 unless it is given.", Course("default", {"step_size": 15})),
    ),
    class_name="StepLR",
    course=closed(rate),
)

"""exponential_lr: decay at every step."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, course, times_power
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(initial: Bounded, step: int, gamma: float) -> Bounded:
    """Return the initial rate times gamma for every step."""
    return times_power(initial, gamma, step)


CARD = SchedulerCard(
    "exponential_lr",
    documented("generated/torch.optim.lr_scheduler.ExponentialLR.html"),
    (
        course(
            "rates",
            "The rate of each group is multiplied by gamma at every step.",
            Course("falling", {"gamma": 0.9}),
            Course("growing", {"gamma": 1.05}),
        ),
    ),
    class_name="ExponentialLR",
    course=closed(rate),
)

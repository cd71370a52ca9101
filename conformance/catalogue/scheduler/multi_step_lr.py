"""multi_step_lr: decay at milestones."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, course, times_power
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(initial: Bounded, step: int, milestones: list[int], gamma: float = 0.1) -> Bounded:
    """Return the initial rate times gamma for every milestone reached."""
    return times_power(initial, gamma, sum(step >= milestone for milestone in milestones))


CARD = SchedulerCard(
    "multi_step_lr",
    documented("generated/torch.optim.lr_scheduler.MultiStepLR.html"),
    (
        course(
            "rates",
            "The rate of each group is multiplied by gamma when the step reaches one of the milestones.",
            Course("three", {"milestones": [2, 11, 30], "gamma": 0.6}),
            Course("first-step", {"milestones": [1, 2], "gamma": 0.25}),
        ),
        course("gamma-default", "gamma is 0.1 unless it is given.", Course("default", {"milestones": [5, 20]})),
    ),
    class_name="MultiStepLR",
    course=closed(rate),
)

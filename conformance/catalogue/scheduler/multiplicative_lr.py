"""multiplicative_lr: a factor at each step by a function of it."""

from __future__ import annotations

from collections.abc import Callable

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import Fading, constant, course
from conformance.clause import documented
from conformance.oracle import Bounded

Factor = Callable[[int], float]


def rates(
    initial: Bounded, steps: int, group: int, metrics: tuple[float, ...], lr_lambda: Factor | list[Factor]
) -> list[Bounded]:
    """Return the initial rate times the product of the group's function of every step from 1."""
    del metrics
    factor = lr_lambda[group] if isinstance(lr_lambda, list) else lr_lambda
    found = [initial]
    for step in range(1, steps + 1):
        found.append(found[-1] * constant(factor(step), initial))
    return found


CARD = SchedulerCard(
    "multiplicative_lr",
    documented("generated/torch.optim.lr_scheduler.MultiplicativeLR.html"),
    (
        course(
            "rates",
            "The rate of each group is multiplied, at each step, by the function's value at that step.",
            Course("changing", {"lr_lambda": Fading(0.95)}, steps=12),
            Course("constant", {"lr_lambda": Fading(0.9, constant=True)}),
        ),
        course(
            "one-for-each-group",
            "A list of functions gives each group its own.",
            Course("two", {"lr_lambda": [Fading(0.9, constant=True), Fading(0.99)]}, steps=12),
        ),
    ),
    class_name="MultiplicativeLR",
    course=rates,
)

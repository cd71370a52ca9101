"""lambda_lr: a factor by a function of the step."""

from __future__ import annotations

from collections.abc import Callable

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import Fading, constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded

Factor = Callable[[int], float]


def rates(
    initial: Bounded, steps: int, group: int, metrics: tuple[float, ...], lr_lambda: Factor | list[Factor]
) -> list[Bounded]:
    """Return the initial rate times the group's function of each step."""
    del metrics
    factor = lr_lambda[group] if isinstance(lr_lambda, list) else lr_lambda
    return [initial * constant(factor(step), initial) for step in range(steps + 1)]


CARD = SchedulerCard(
    "lambda_lr",
    documented("generated/torch.optim.lr_scheduler.LambdaLR.html"),
    (
        course(
            "rates",
            "The rate of each group is its initial rate times the function's value at the step.",
            Course("one-function", {"lr_lambda": Fading(0.9)}),
        ),
        course(
            "one-for-each-group",
            "A list of functions gives each group its own.",
            Course("two-functions", {"lr_lambda": [Fading(0.9), Fading(1.05)]}),
        ),
        refused(
            "number-of-functions",
            "As many functions as groups must be given.",
            Course("three-for-two", {"lr_lambda": [Fading(0.9), Fading(0.8), Fading(0.7)]}),
        ),
    ),
    class_name="LambdaLR",
    course=rates,
)

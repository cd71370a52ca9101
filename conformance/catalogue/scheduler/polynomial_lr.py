"""polynomial_lr: decay by a power of what is left."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, constant, course
from conformance.clause import documented
from conformance.oracle import Bounded
from conformance.oracle import power as raised


def rate(initial: Bounded, step: int, total_iters: int = 5, power: float = 1.0) -> Bounded:
    """Return the initial rate times the share of steps left, to the power."""
    left = 1.0 - constant(float(min(step, total_iters)), initial) / float(total_iters)
    return initial * raised(left, power)


CARD = SchedulerCard(
    "polynomial_lr",
    documented("generated/torch.optim.lr_scheduler.PolynomialLR.html"),
    (
        course(
            "rates",
            "The rate falls with the power of the share of total_iters that is left, and is 0 from there.",
            Course("square", {"total_iters": 25, "power": 2.0}),
            Course("root", {"total_iters": 33, "power": 0.5}),
        ),
        course("defaults", "total_iters is 5 and the power 1 unless they are given.", Course("default", steps=8)),
    ),
    class_name="PolynomialLR",
    course=closed(rate),
)

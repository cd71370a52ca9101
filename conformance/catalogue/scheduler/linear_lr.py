"""linear_lr: a factor that changes linearly over the first steps."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import closed, constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded


def rate(
    initial: Bounded, step: int, start_factor: float | None = None, end_factor: float = 1.0, total_iters: int = 5
) -> Bounded:
    """Return the initial rate times a factor that goes linearly from start_factor to end_factor."""
    start = constant(1.0, initial) / 3.0 if start_factor is None else constant(start_factor, initial)
    share = constant(float(min(step, total_iters)), initial) / float(total_iters)
    return initial * (start + (end_factor - start) * share)


CARD = SchedulerCard(
    "linear_lr",
    documented("generated/torch.optim.lr_scheduler.LinearLR.html"),
    (
        course(
            "rates",
            "The rate's factor goes linearly from start_factor to end_factor in total_iters steps, and stays there.",
            Course("rising", {"start_factor": 0.25, "total_iters": 12}),
            Course("falling", {"start_factor": 0.9, "end_factor": 0.2, "total_iters": 30}),
            Course("to-nothing", {"start_factor": 0.5, "end_factor": 0.0, "total_iters": 8}, steps=7),
        ),
        course(
            "defaults",
            "start_factor is one third, end_factor 1 and total_iters 5 unless they are given.",
            Course("default", steps=8),
        ),
        refused(
            "factor-range",
            "A start_factor that is not above 0 and at most 1, and an end_factor outside of 0 to 1, are refused.",
            Course("start-zero", {"start_factor": 0.0}),
            Course("start-above", {"start_factor": 1.5}),
            Course("end-above", {"end_factor": 1.5}),
        ),
    ),
    class_name="LinearLR",
    course=closed(rate),
)

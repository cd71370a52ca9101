"""one_cycle_lr: one rise and one long fall."""

from __future__ import annotations

import math
from itertools import pairwise

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import constant, course, refused
from conformance.clause import documented
from conformance.oracle import Bounded, cos


def rates(
    initial: Bounded,
    steps: int,
    group: int,
    metrics: tuple[float, ...],
    max_lr: float | list[float],
    total_steps: int | None = None,
    epochs: int = 0,
    steps_per_epoch: int = 0,
    pct_start: float = 0.3,
    anneal_strategy: str = "cos",
    div_factor: float = 25.0,
    final_div_factor: float = 1e4,
    three_phase: bool = False,
    cycle_momentum: bool = True,
) -> list[Bounded]:
    """Return the rates of one cycle: from max_lr / div_factor to max_lr, then to the first over final_div_factor."""
    del metrics, cycle_momentum
    total = epochs * steps_per_epoch if total_steps is None else total_steps
    top = constant(max_lr[group] if isinstance(max_lr, list) else max_lr, initial)
    first = top / div_factor
    last = first / final_div_factor
    peak = pct_start * total - 1
    turns = [(0.0, first), (peak, top)]
    turns += [(2 * peak, first)] if three_phase else []
    turns.append((float(total - 1), last))
    return [_between(turns, step, anneal_strategy) for step in range(steps + 1)]


def _between(turns: list[tuple[float, Bounded]], step: int, strategy: str) -> Bounded:
    """Return the rate at ``step``, on the way from one turning point to the next."""
    (begin, low), (end, high) = next((a, b) for a, b in pairwise(turns) if step <= b[0] or b is turns[-1])
    share = constant((step - begin) / (end - begin), low)
    if strategy == "linear":
        return low + (high - low) * share
    return high + (low - high) * (1.0 + cos(share * math.pi)) * 0.5


CARD = SchedulerCard(
    "one_cycle_lr",
    documented("generated/torch.optim.lr_scheduler.OneCycleLR.html"),
    (
        course(
            "rates",
            "The rate rises along a cosine from max_lr over div_factor to max_lr in the first part of the cycle, and "
            "falls along one to the lowest.",
            Course("thirty", {"max_lr": 0.5, "total_steps": 30, "cycle_momentum": False}, steps=29),
        ),
        course(
            "epochs-and-steps",
            "The number of steps is epochs times steps_per_epoch if total_steps is not given.",
            Course(
                "five-by-six",
                {"max_lr": 0.5, "epochs": 5, "steps_per_epoch": 6, "cycle_momentum": False},
                steps=29,
            ),
        ),
        course(
            "start-share",
            "pct_start is the share of the cycle in which the rate rises.",
            Course("half", {"max_lr": 0.4, "total_steps": 20, "pct_start": 0.5, "cycle_momentum": False}, steps=19),
        ),
        course(
            "factors",
            "The first rate is max_lr over div_factor, and the lowest is the first over final_div_factor.",
            Course(
                "small",
                {
                    "max_lr": 0.4,
                    "total_steps": 20,
                    "div_factor": 4.0,
                    "final_div_factor": 10.0,
                    "cycle_momentum": False,
                },
                steps=19,
            ),
        ),
        course(
            "linear",
            "With anneal_strategy='linear' the rate goes along straight lines.",
            Course(
                "lines",
                {"max_lr": 0.4, "total_steps": 20, "anneal_strategy": "linear", "cycle_momentum": False},
                steps=19,
            ),
        ),
        course(
            "three-phases",
            "With three_phase the rate falls as it rose, and then to the lowest.",
            Course(
                "thirty",
                {"max_lr": 0.4, "total_steps": 30, "three_phase": True, "cycle_momentum": False},
                steps=29,
            ),
        ),
        course(
            "one-for-each-group",
            "A list of highest rates gives each group its own.",
            Course("two", {"max_lr": [0.4, 0.1], "total_steps": 12, "cycle_momentum": False}, steps=11),
        ),
        refused(
            "total-steps-needed",
            "Neither total_steps nor both epochs and steps_per_epoch is refused.",
            Course("nothing", {"max_lr": 0.1, "cycle_momentum": False}),
            Course("epochs-alone", {"max_lr": 0.1, "epochs": 3, "cycle_momentum": False}),
        ),
        refused(
            "start-share-range",
            "A pct_start outside of 0 to 1 is refused.",
            Course("above", {"max_lr": 0.1, "total_steps": 10, "pct_start": 1.5, "cycle_momentum": False}),
        ),
        refused(
            "strategy-name",
            "An anneal_strategy other than 'cos' and 'linear' is refused.",
            Course("cubic", {"max_lr": 0.1, "total_steps": 10, "anneal_strategy": "cubic", "cycle_momentum": False}),
        ),
    ),
    class_name="OneCycleLR",
    course=rates,
)

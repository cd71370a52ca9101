"""one_cycle_lr: one rise and one long fall."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.catalogue.scheduler._shared import constant, course, momentum, momentum_kept, of_group, refused
from conformance.clause import documented
from conformance.oracle import Bounded, cos


def rates(
    initial: Bounded,
    steps: int,
    group: int,
    metrics: tuple[float, ...],
    max_lr: float | list[float],
    div_factor: float = 25.0,
    final_div_factor: float = 1e4,
    cycle_momentum: bool = True,
    **cycle: Any,
) -> list[Bounded]:
    """Return the rates of one cycle: from max_lr / div_factor to max_lr, then to the first over final_div_factor."""
    del metrics, cycle_momentum
    top = constant(of_group(max_lr, group), initial)
    first = top / div_factor
    return _cycle(steps, first, top, first / final_div_factor, **cycle)


def momenta(
    before: Bounded,
    steps: int,
    group: int,
    max_lr: float | list[float],
    cycle_momentum: bool = True,
    base_momentum: float | list[float] = 0.85,
    max_momentum: float | list[float] = 0.95,
    **cycle: Any,
) -> list[Bounded]:
    """Return the momenta of one cycle of two phases: down from max_momentum where the rate goes up, and back."""
    del max_lr
    if not cycle_momentum:
        return [before] * (steps + 1)
    low = constant(of_group(base_momentum, group), before)
    high = constant(of_group(max_momentum, group), before)
    return _cycle(steps, high, low, high, **cycle)


def _cycle(
    steps: int,
    first: Bounded,
    top: Bounded,
    last: Bounded,
    total_steps: int | None = None,
    epochs: int = 0,
    steps_per_epoch: int = 0,
    pct_start: float = 0.3,
    anneal_strategy: str = "cos",
    three_phase: bool = False,
) -> list[Bounded]:
    """Return the numbers of one cycle by their turning points: first, top, first again in three phases, last."""
    total = epochs * steps_per_epoch if total_steps is None else total_steps
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
            Course("whole", {"max_lr": 0.4, "total_steps": 10, "pct_start": 1.0, "cycle_momentum": False}, steps=9),
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
        momentum(
            "momentum",
            "The momentum goes the other way: max_momentum at the start, base_momentum where the rate is highest.",
            Course("given", {"max_lr": 0.4, "total_steps": 20, "base_momentum": 0.3, "max_momentum": 0.8}, steps=19),
            Course(
                "lines",
                {"max_lr": 0.4, "total_steps": 24, "pct_start": 0.5, "anneal_strategy": "linear", "base_momentum": 0.5},
                steps=23,
            ),
            Course("three-phases", {"max_lr": 0.4, "total_steps": 20, "three_phase": True}, steps=10),
            Course(
                "one-each",
                {"max_lr": 0.4, "total_steps": 9, "base_momentum": [0.2, 0.6], "max_momentum": [0.7, 0.8]},
                steps=8,
            ),
        ),
        momentum(
            "momentum-defaults",
            "cycle_momentum is on, base_momentum 0.85 and max_momentum 0.95 unless they are given.",
            Course("default", {"max_lr": 0.4, "total_steps": 10}, steps=9),
        ),
        momentum_kept({"max_lr": 0.4, "total_steps": 10}, 9),
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
    momenta=momenta,
)

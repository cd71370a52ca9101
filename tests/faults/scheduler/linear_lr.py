"""Slips of LinearLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import COMPOSED, RESUMED_WITHIN, Scheduler

_SCHEDULER = Scheduler("linear_lr", "LinearLR")

FAULTS = (
    _SCHEDULER.fault("end-ignored", "rates", _SCHEDULER.option("end_factor", lambda _: 1.0), "linear_lr.factor-range"),
    _SCHEDULER.fault("a-step-longer", "rates", _SCHEDULER.option("total_iters", lambda total: total + 1), *COMPOSED),
    _SCHEDULER.fault("start-of-one-half", "defaults", _SCHEDULER.default("start_factor", 0.5)),
    _SCHEDULER.fault(
        "factor-unchecked", "factor-range", _SCHEDULER.option("start_factor", lambda factor: min(max(factor, 0.1), 1.0))
    ),
    *_SCHEDULER.state(*RESUMED_WITHIN),
)

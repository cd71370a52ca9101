"""Slips of ConstantLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import COMPOSED, RESUMED_WITHIN, Scheduler

_SCHEDULER = Scheduler("constant_lr", "ConstantLR")

FAULTS = (
    _SCHEDULER.fault("a-step-longer", "rates", _SCHEDULER.option("total_iters", lambda total: total + 1), *COMPOSED),
    _SCHEDULER.fault("factor-of-one-half", "defaults", _SCHEDULER.default("factor", 0.5)),
    _SCHEDULER.fault("length-of-four", "defaults", _SCHEDULER.default("total_iters", 4)),
    _SCHEDULER.fault(
        "factor-unchecked", "factor-range", _SCHEDULER.option("factor", lambda factor: min(max(factor, 0.1), 1.0))
    ),
    *_SCHEDULER.state(*RESUMED_WITHIN),
)

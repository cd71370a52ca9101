"""Slips of SequentialLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("sequential_lr", "SequentialLR")

FAULTS = (
    _SCHEDULER.fault(
        "a-step-late", "rates", _SCHEDULER.option("milestones", lambda steps: [step + 1 for step in steps])
    ),
    _SCHEDULER.fault(
        "number-unchecked",
        "number-of-milestones",
        _SCHEDULER.option("milestones", lambda steps: steps if steps != [5, 9] else [5]),
    ),
    *_SCHEDULER.state(),
)

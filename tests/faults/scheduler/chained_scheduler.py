"""Slips of ChainedScheduler."""

from __future__ import annotations

from tests.faults._planting import method
from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("chained_scheduler", "ChainedScheduler")

FAULTS = (
    _SCHEDULER.fault(
        "first-alone", "rates", method(_SCHEDULER.place("step"), lambda _, self: self.schedulers[0].step())
    ),
    *_SCHEDULER.state(),
)

"""Slips of MultiplicativeLR."""

from __future__ import annotations

from tests.faults._planting import method
from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("multiplicative_lr", "MultiplicativeLR")

FAULTS = (
    _SCHEDULER.fault(
        "initial-rates",
        "rates",
        method(_SCHEDULER.place("rates"), lambda _, self: self.base_lrs),
        "multiplicative_lr.one-for-each-group",
    ),
    _SCHEDULER.fault("first-function-for-all", "one-for-each-group", _SCHEDULER.first_of_list("lr_lambda")),
    *_SCHEDULER.state(),
)

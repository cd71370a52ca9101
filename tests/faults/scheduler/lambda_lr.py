"""Slips of LambdaLR."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import method
from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("lambda_lr", "LambdaLR")


def _late(right: Any, self: Any) -> Any:
    """Take the functions at the step before."""
    self.last_epoch -= 1
    try:
        return right(self)
    finally:
        self.last_epoch += 1


FAULTS = (
    _SCHEDULER.fault("a-step-late", "rates", method(_SCHEDULER.place("get_lr"), _late), "lambda_lr.one-for-each-group"),
    _SCHEDULER.fault(
        "first-function-for-all",
        "one-for-each-group",
        _SCHEDULER.first_of_list("lr_lambda"),
        "lambda_lr.number-of-functions",
    ),
    _SCHEDULER.fault(
        "number-unchecked",
        "number-of-functions",
        _SCHEDULER.option("lr_lambda", lambda given: given[:2] if isinstance(given, list) else given),
    ),
    *_SCHEDULER.state(),
)

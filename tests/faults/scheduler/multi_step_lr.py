"""Slips of MultiStepLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("multi_step_lr", "MultiStepLR")

FAULTS = (
    _SCHEDULER.fault("a-step-late", "rates", _SCHEDULER.step_shifted(), "multi_step_lr.*"),
    _SCHEDULER.fault("gamma-of-one-half", "gamma-default", _SCHEDULER.default("gamma", 0.5)),
    *_SCHEDULER.state(),
)

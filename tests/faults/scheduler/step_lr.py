"""Slips of StepLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import COMPOSED, RESUMED_WITHIN, Scheduler

_SCHEDULER = Scheduler("step_lr", "StepLR")

FAULTS = (
    _SCHEDULER.fault("a-step-late", "rates", _SCHEDULER.step_shifted(), "step_lr.*", *COMPOSED),
    _SCHEDULER.fault("gamma-of-one-half", "gamma-default", _SCHEDULER.default("gamma", 0.5)),
    *_SCHEDULER.state(*RESUMED_WITHIN),
)

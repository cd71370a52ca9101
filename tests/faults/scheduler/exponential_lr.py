"""Slips of ExponentialLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import COMPOSED, RESUMED_WITHIN, Scheduler

_SCHEDULER = Scheduler("exponential_lr", "ExponentialLR")

FAULTS = (
    _SCHEDULER.fault("a-step-late", "rates", _SCHEDULER.step_shifted(), *COMPOSED),
    *_SCHEDULER.state(*RESUMED_WITHIN),
)

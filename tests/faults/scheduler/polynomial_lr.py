"""Slips of PolynomialLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("polynomial_lr", "PolynomialLR")

FAULTS = (
    _SCHEDULER.fault("power-ignored", "rates", _SCHEDULER.option("power", lambda _: 1.0)),
    _SCHEDULER.fault("power-of-two", "defaults", _SCHEDULER.default("power", 2.0)),
    *_SCHEDULER.state(),
)

"""Slips of CosineAnnealingLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("cosine_annealing_lr", "CosineAnnealingLR")

FAULTS = (
    _SCHEDULER.fault("minimum-ignored", "rates", _SCHEDULER.option("eta_min", lambda _: 0.0)),
    _SCHEDULER.fault("a-step-longer", "rates", _SCHEDULER.option("T_max", lambda length: length + 1)),
    *_SCHEDULER.state(),
)

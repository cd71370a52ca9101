"""Slips of CosineAnnealingWarmRestarts."""

from __future__ import annotations

from tests.faults._planting import edited
from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("cosine_annealing_warm_restarts", "CosineAnnealingWarmRestarts")

FAULTS = (
    _SCHEDULER.fault(
        "minimum-ignored",
        "rates",
        _SCHEDULER.option("eta_min", lambda _: 0.0),
        "cosine_annealing_warm_restarts.growing-periods",
        "cosine_annealing_warm_restarts.given-epoch",
    ),
    _SCHEDULER.fault(
        "periods-alike",
        "growing-periods",
        _SCHEDULER.option("T_mult", lambda factor: min(factor, 1)),
        "cosine_annealing_warm_restarts.given-epoch",
    ),
    _SCHEDULER.fault("period-unchecked", "period-range", _SCHEDULER.option("T_0", lambda length: max(length, 1))),
    _SCHEDULER.fault(
        "multiplier-unchecked", "multiplier-range", _SCHEDULER.option("T_mult", lambda factor: max(factor, 1))
    ),
    _SCHEDULER.fault(
        "whole-epochs-alone",
        "given-epoch",
        edited(_SCHEDULER.place("step"), ("self._rates(epoch)", "self._rates(self.last_epoch)")),
    ),
    *_SCHEDULER.state(),
)

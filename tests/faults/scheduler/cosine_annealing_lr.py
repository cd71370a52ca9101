"""Slips of CosineAnnealingLR."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import edited, method
from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("cosine_annealing_lr", "CosineAnnealingLR")


def _restarting(right: Any, self: Any) -> list[float]:
    """Begin anew after T_max, and stay there."""
    if self.last_epoch > self.T_max:
        return list(self.base_lrs)
    return right(self)


FAULTS = (
    _SCHEDULER.fault("minimum-ignored", "rates", _SCHEDULER.option("eta_min", lambda _: 0.0)),
    _SCHEDULER.fault("a-step-longer", "rates", _SCHEDULER.option("T_max", lambda length: length + 1)),
    _SCHEDULER.fault("begun-anew", "without-restarts", method(_SCHEDULER.place("get_lr"), _restarting)),
    _SCHEDULER.fault(
        "lowest-for-ever",
        "without-restarts",
        edited(
            _SCHEDULER.place("get_lr"),
            ("(self.last_epoch - 1) % (2 * self.T_max) == self.T_max", "self.last_epoch >= self.T_max"),
            ("(base - self.eta_min) * now / 2", "0 * base"),
        ),
    ),
    *_SCHEDULER.state(),
)

"""Slips of CyclicLR."""

from __future__ import annotations

from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("cyclic_lr", "CyclicLR")

FAULTS = (
    _SCHEDULER.fault(
        "a-step-longer", "rates", _SCHEDULER.option("step_size_up", lambda length: length + 1), "cyclic_lr.*"
    ),
    _SCHEDULER.fault("down-ignored", "step-size-down", _SCHEDULER.option("step_size_down", lambda _: None)),
    _SCHEDULER.fault(
        "not-halving",
        "triangular2",
        _SCHEDULER.option("mode", lambda mode: "triangular" if mode == "triangular2" else mode),
    ),
    _SCHEDULER.fault("gamma-ignored", "exp-range", _SCHEDULER.option("gamma", lambda _: 1.0)),
    _SCHEDULER.fault("first-for-all", "one-for-each-group", _SCHEDULER.first_of_list("max_lr")),
    *_SCHEDULER.state(),
)

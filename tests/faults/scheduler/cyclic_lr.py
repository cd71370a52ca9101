"""Slips of CyclicLR."""

from __future__ import annotations

from tests.faults._planting import edited, method
from tests.faults.scheduler._shared import Scheduler, momentum_dropped

_SCHEDULER = Scheduler("cyclic_lr", "CyclicLR")

FAULTS = (
    _SCHEDULER.fault(
        "a-step-longer", "rates", _SCHEDULER.option("step_size_up", lambda length: length + 1), "cyclic_lr.*"
    ),
    _SCHEDULER.fault(
        "down-ignored", "step-size-down", _SCHEDULER.option("step_size_down", lambda _: None), "cyclic_lr.momentum*"
    ),
    _SCHEDULER.fault(
        "not-halving",
        "triangular2",
        _SCHEDULER.option("mode", lambda mode: "triangular" if mode == "triangular2" else mode),
        "cyclic_lr.momentum",
    ),
    _SCHEDULER.fault("gamma-ignored", "exp-range", _SCHEDULER.option("gamma", lambda _: 1.0)),
    _SCHEDULER.fault("first-for-all", "one-for-each-group", _SCHEDULER.first_of_list("max_lr")),
    _SCHEDULER.fault(
        "mode-before-function",
        "scale-function",
        edited(
            _SCHEDULER.place("_scale"),
            ("if self.scale_fn is not None:", "if self.scale_fn and self.mode == 'triangular':"),
        ),
    ),
    _SCHEDULER.fault("always-by-iteration", "scale-by-cycle", _SCHEDULER.default("scale_mode", "iterations")),
    _SCHEDULER.fault(
        "cycles-from-before-the-first",
        "scale-by-cycle",
        edited(_SCHEDULER.place("_scale"), ("cycle + 1 if", "cycle - 1 if")),
    ),
    _SCHEDULER.fault("always-by-cycle", "scale-mode", _SCHEDULER.option("scale_mode", lambda _: "cycle")),
    _SCHEDULER.fault(
        "momentum-along-with-the-rate",
        "momentum",
        edited(_SCHEDULER.place("get_lr"), ("most - (most - least) * height", "least + (most - least) * height")),
        "cyclic_lr.momentum-defaults",
    ),
    _SCHEDULER.fault(
        "momentum-not-scaled",
        "momentum",
        edited(_SCHEDULER.place("get_lr"), ("most - (most - least) * height", "most - (most - least) * share")),
    ),
    _SCHEDULER.fault("least-momentum-of-0.85", "momentum-defaults", _SCHEDULER.default("base_momentum", 0.85)),
    _SCHEDULER.fault(
        "momentum-left-alone", "momentum-defaults", _SCHEDULER.default("cycle_momentum", False), "cyclic_lr.momentum"
    ),
    _SCHEDULER.fault(
        "mode-unchecked",
        "mode-name",
        _SCHEDULER.option("mode", lambda mode: mode if mode in {"triangular2", "exp_range"} else "triangular"),
    ),
    _SCHEDULER.fault("momentum-cycled-anyway", "momentum-kept", _SCHEDULER.option("cycle_momentum", lambda _: True)),
    _SCHEDULER.fault(
        "momentum-set-to-nothing",
        "momentum-kept",
        method(_SCHEDULER.place("__init__"), momentum_dropped),
    ),
    *_SCHEDULER.state(),
)

"""Slips of OneCycleLR."""

from __future__ import annotations

from tests.faults._planting import edited, method
from tests.faults.scheduler._shared import Scheduler, momentum_dropped

_SCHEDULER = Scheduler("one_cycle_lr", "OneCycleLR")

FAULTS = (
    _SCHEDULER.fault(
        "a-step-longer", "rates", _SCHEDULER.option("total_steps", lambda total: total + 1), "one_cycle_lr.*"
    ),
    _SCHEDULER.fault(
        "epochs-as-steps", "epochs-and-steps", _SCHEDULER.option("steps_per_epoch", lambda steps: steps + 1)
    ),
    _SCHEDULER.fault(
        "share-ignored",
        "start-share",
        _SCHEDULER.option("pct_start", lambda _: 0.3),
        "one_cycle_lr.start-share-range",
        "one_cycle_lr.momentum",
    ),
    _SCHEDULER.fault("first-factor-ignored", "factors", _SCHEDULER.option("div_factor", lambda _: 25.0)),
    _SCHEDULER.fault(
        "always-cosine",
        "linear",
        _SCHEDULER.option("anneal_strategy", lambda name: "cos" if name == "linear" else name),
        "one_cycle_lr.momentum",
    ),
    _SCHEDULER.fault("two-phases", "three-phases", _SCHEDULER.option("three_phase", lambda _: False)),
    _SCHEDULER.fault("first-for-all", "one-for-each-group", _SCHEDULER.first_of_list("max_lr")),
    _SCHEDULER.fault("one-step-assumed", "total-steps-needed", _SCHEDULER.default("steps_per_epoch", 5)),
    _SCHEDULER.fault(
        "share-unchecked", "start-share-range", _SCHEDULER.option("pct_start", lambda share: min(share, 1.0))
    ),
    _SCHEDULER.fault(
        "strategy-unchecked",
        "strategy-name",
        _SCHEDULER.option("anneal_strategy", lambda name: name if name == "linear" else "cos"),
    ),
    _SCHEDULER.fault(
        "momentum-along-with-the-rate",
        "momentum",
        edited(
            _SCHEDULER.place("__init__"),
            (
                "[most, least, *([most] if three_phase else []), most]",
                "[least, most, *([least] if three_phase else []), least]",
            ),
        ),
        "one_cycle_lr.momentum-defaults",
    ),
    _SCHEDULER.fault("first-momentum-for-all", "momentum", _SCHEDULER.first_of_list("base_momentum")),
    _SCHEDULER.fault("momenta-of-cyclic", "momentum-defaults", _SCHEDULER.default("base_momentum", 0.8)),
    _SCHEDULER.fault("momentum-cycled-anyway", "momentum-kept", _SCHEDULER.option("cycle_momentum", lambda _: True)),
    _SCHEDULER.fault(
        "momentum-set-to-nothing",
        "momentum-kept",
        method(_SCHEDULER.place("__init__"), momentum_dropped),
    ),
    *_SCHEDULER.state(),
)

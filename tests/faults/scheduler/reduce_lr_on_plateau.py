"""Slips of ReduceLROnPlateau."""

from __future__ import annotations

from tests.faults.scheduler._shared import Scheduler

_SCHEDULER = Scheduler("reduce_lr_on_plateau", "ReduceLROnPlateau")

FAULTS = (
    _SCHEDULER.fault(
        "patience-of-one-more",
        "rates",
        _SCHEDULER.option("patience", lambda steps: steps + 1),
        "reduce_lr_on_plateau.*",
    ),
    _SCHEDULER.fault(
        "zero-patience-as-default",
        "no-patience",
        _SCHEDULER.option("patience", lambda steps: steps or 10),
        "reduce_lr_on_plateau.lowest-rate",
        "reduce_lr_on_plateau.eps",
    ),
    _SCHEDULER.fault("patience-of-five", "defaults", _SCHEDULER.default("patience", 5)),
    _SCHEDULER.fault(
        "always-falling",
        "mode-max",
        _SCHEDULER.option("mode", lambda mode: "min" if mode == "max" else mode),
        "reduce_lr_on_plateau.relative-threshold",
    ),
    _SCHEDULER.fault(
        "threshold-ignored",
        "relative-threshold",
        _SCHEDULER.option("threshold", lambda _: 0.0),
        "reduce_lr_on_plateau.absolute-threshold",
    ),
    _SCHEDULER.fault(
        "always-relative",
        "absolute-threshold",
        _SCHEDULER.option("threshold_mode", lambda _: "rel"),
        "reduce_lr_on_plateau.threshold-mode-name",
    ),
    _SCHEDULER.fault("no-rest", "cooldown", _SCHEDULER.option("cooldown", lambda _: 0)),
    _SCHEDULER.fault("no-lowest", "lowest-rate", _SCHEDULER.option("min_lr", lambda _: 0.0)),
    _SCHEDULER.fault("first-lowest-for-all", "lowest-rate", _SCHEDULER.first_of_list("min_lr")),
    _SCHEDULER.fault("eps-ignored", "eps", _SCHEDULER.option("eps", lambda _: 0.0)),
    _SCHEDULER.fault("factor-unchecked", "factor-range", _SCHEDULER.option("factor", lambda factor: min(factor, 0.9))),
    _SCHEDULER.fault(
        "mode-unchecked", "mode-name", _SCHEDULER.option("mode", lambda mode: mode if mode == "max" else "min")
    ),
    _SCHEDULER.fault(
        "threshold-mode-unchecked",
        "threshold-mode-name",
        _SCHEDULER.option("threshold_mode", lambda mode: mode if mode == "abs" else "rel"),
    ),
    *_SCHEDULER.state(),
)

"""Slips of Adagrad."""

from __future__ import annotations

from typing import Any

from tests.faults.optimizer._shared import Optimizer

_OPTIMIZER = Optimizer("adagrad", "Adagrad")


def _forgetting(_: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
    """Halve the sum of squares before each step."""
    if "sum" in kept:
        kept["sum"] = kept["sum"] / 2
    return p, g, kept, group


FAULTS = (
    *_OPTIMIZER.common(),
    _OPTIMIZER.fault("sum-that-forgets", "update", _OPTIMIZER.update(_forgetting), "*"),
    _OPTIMIZER.fault("rate-of-0.001", "defaults", _OPTIMIZER.default("lr", 1e-3)),
    _OPTIMIZER.fault("decay-ignored", "learning-rate-decay", _OPTIMIZER.replaced("lr_decay", 0.0), "*"),
    _OPTIMIZER.fault("decay-a-step-early", "learning-rate-decay", _OPTIMIZER.late(), "*"),
    _OPTIMIZER.fault(
        "accumulator-at-zero", "initial-accumulator", _OPTIMIZER.replaced("initial_accumulator_value", 0.0)
    ),
    _OPTIMIZER.fault("eps-ignored", "eps", _OPTIMIZER.replaced("eps", 0.0), "*"),
    _OPTIMIZER.fault("decay-unchecked", "negative-learning-rate-decay", _OPTIMIZER.accepting("lr_decay", 0.1), "*"),
    _OPTIMIZER.fault("eps-unchecked", "negative-eps", _OPTIMIZER.accepting("eps", 0.1), "*"),
    _OPTIMIZER.fault(
        "accumulator-unchecked",
        "negative-accumulator",
        _OPTIMIZER.accepting("initial_accumulator_value", 0.1),
        "*",
    ),
    _OPTIMIZER.forgetting("sum"),
)

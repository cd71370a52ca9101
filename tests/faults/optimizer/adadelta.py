"""Slips of Adadelta."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import method
from tests.faults.optimizer._shared import Optimizer

_OPTIMIZER = Optimizer("adadelta", "Adadelta")


def _scaled_average(right: Any, self: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
    """Let the learning rate into the average of squared changes."""
    before = kept.get("acc_delta", 0 * g)
    after = right(self, p, g, kept, group)
    rho = group["rho"]
    kept["acc_delta"] = rho * before + (1 - rho) * (after - p) ** 2
    return after


def _forgotten(_: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
    """Begin each step with no change before it."""
    kept["acc_delta"] = 0 * g
    return p, g, kept, group


FAULTS = (
    *_OPTIMIZER.common(),
    _OPTIMIZER.fault("changes-forgotten", "update", _OPTIMIZER.update(_forgotten), "*"),
    _OPTIMIZER.fault("rho-of-0.95", "defaults", _OPTIMIZER.default("rho", 0.95)),
    _OPTIMIZER.fault("rho-turned-round", "rho", _OPTIMIZER.replaced("rho", lambda rho: 1 - rho), "*"),
    _OPTIMIZER.fault("eps-ignored", "eps", _OPTIMIZER.replaced("eps", 1e-6), "*"),
    _OPTIMIZER.fault("rate-in-the-average", "learning-rate", method(_OPTIMIZER.place("update"), _scaled_average), "*"),
    _OPTIMIZER.fault("rho-unchecked", "rho-range", _OPTIMIZER.accepting("rho", 0.5), "*"),
    _OPTIMIZER.fault("eps-unchecked", "negative-eps", _OPTIMIZER.accepting("eps", 0.1), "*"),
    _OPTIMIZER.forgetting("acc_delta"),
)

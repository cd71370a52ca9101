"""Slips of RMSprop."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import method
from tests.faults.optimizer._shared import Optimizer

_OPTIMIZER = Optimizer("rmsprop", "RMSprop")


def _rate_in_the_buffer(right: Any, self: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
    """Keep the moves, and not the scaled gradients, in the buffer."""
    if group["momentum"] == 0:
        return right(self, p, g, kept, group)
    before = kept.get("momentum_buffer", 0 * g)
    plain = right(self, p, g, kept, {**group, "momentum": 0.0})
    buffer = kept["momentum_buffer"] = group["momentum"] * before + (p - plain)
    return p - group["lr"] * buffer


FAULTS = (
    *_OPTIMIZER.common(),
    _OPTIMIZER.fault("average-turned-round", "update", _OPTIMIZER.replaced("alpha", lambda alpha: 1 - alpha), "*"),
    _OPTIMIZER.fault("alpha-of-0.9", "defaults", _OPTIMIZER.default("alpha", 0.9)),
    _OPTIMIZER.fault("alpha-never-zero", "alpha", _OPTIMIZER.replaced("alpha", lambda alpha: alpha or 0.99)),
    _OPTIMIZER.fault("eps-ignored", "eps", _OPTIMIZER.replaced("eps", 1e-8), "*"),
    _OPTIMIZER.fault("rate-in-the-buffer", "momentum", method(_OPTIMIZER.place("update"), _rate_in_the_buffer), "*"),
    _OPTIMIZER.fault("never-centered", "centered", _OPTIMIZER.replaced("centered", False)),
    _OPTIMIZER.fault("momentum-unchecked", "negative-momentum", _OPTIMIZER.accepting("momentum", 0.1), "*"),
    _OPTIMIZER.fault("alpha-unchecked", "negative-alpha", _OPTIMIZER.accepting("alpha", 0.1), "*"),
    _OPTIMIZER.fault("eps-unchecked", "negative-eps", _OPTIMIZER.accepting("eps", 0.1), "*"),
    _OPTIMIZER.forgetting("square_avg"),
)

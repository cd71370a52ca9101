"""Slips of Rprop."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method
from tests.faults.optimizer._shared import Optimizer

_OPTIMIZER = Optimizer("rprop", "Rprop")


def _moving_at_turns(right: Any, self: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
    """Move along the gradient at the step at which its sign turns, too."""
    after = right(self, p, g, kept, group)
    turned = (kept["prev"] == 0) & (g != 0)
    return np.where(turned, p - kept["step_size"] * np.sign(g), after).astype(p.dtype)


FAULTS = (
    *_OPTIMIZER.common(weight_decay=False),
    _OPTIMIZER.fault("moving-at-turns", "update", method(_OPTIMIZER.place("update"), _moving_at_turns), "*"),
    _OPTIMIZER.fault("rate-of-0.001", "defaults", _OPTIMIZER.default("lr", 1e-3)),
    _OPTIMIZER.fault("etas-ignored", "etas", _OPTIMIZER.replaced("etas", (0.5, 1.2)), "*"),
    _OPTIMIZER.fault("bounds-ignored", "step-sizes", _OPTIMIZER.replaced("step_sizes", (1e-6, 50)), "group-options"),
    _OPTIMIZER.fault("etas-unchecked", "etas-range", _OPTIMIZER.accepting("etas", (0.5, 1.2)), "*"),
    _OPTIMIZER.forgetting("prev"),
)

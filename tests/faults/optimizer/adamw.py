"""Slips of AdamW."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._planting import method
from tests.faults.optimizer._shared import Optimizer, betas_swapped

_OPTIMIZER = Optimizer("adamw", "AdamW")


def _eps_within_root(right: Any, self: Any, p: Any, g: Any, kept: Any, group: dict[str, Any]) -> Any:
    """Take the step with eps, squared, added under the root."""
    after = right(self, p, g, kept, {**group, "eps": 0.0})
    spread = np.sqrt(kept["exp_avg_sq"] / (1 - group["betas"][1] ** kept.step))
    if group["amsgrad"]:
        spread = np.sqrt(kept["max_exp_avg_sq"] / (1 - group["betas"][1] ** kept.step))
    shrunk = p * (1 - group["lr"] * group["weight_decay"]) if group["decoupled_weight_decay"] else p
    return shrunk + (after - shrunk) * spread / np.sqrt(spread**2 + group["eps"] ** 2)


FAULTS = (
    *_OPTIMIZER.common(weight_decay=False),
    _OPTIMIZER.fault("correction-a-step-late", "update", _OPTIMIZER.late(), "*"),
    _OPTIMIZER.fault("second-beta-of-0.99", "defaults", _OPTIMIZER.default("betas", (0.9, 0.99))),
    _OPTIMIZER.fault("betas-swapped", "betas", _OPTIMIZER.replaced("betas", betas_swapped), "*"),
    _OPTIMIZER.fault("eps-within-root", "eps", method(_OPTIMIZER.place("update"), _eps_within_root), "*"),
    _OPTIMIZER.fault("amsgrad-ignored", "amsgrad", _OPTIMIZER.replaced("amsgrad", False)),
    _OPTIMIZER.fault("betas-unchecked", "betas-range", _OPTIMIZER.accepting("betas", (0.5, 0.5)), "*"),
    _OPTIMIZER.fault("eps-unchecked", "negative-eps", _OPTIMIZER.accepting("eps", 0.1), "*"),
    _OPTIMIZER.fault("decay-unchecked", "negative-weight-decay", _OPTIMIZER.accepting("weight_decay", 0.1), "*"),
    _OPTIMIZER.fault(
        "decay-in-the-gradient", "weight-decay", _OPTIMIZER.replaced("decoupled_weight_decay", False), "*"
    ),
    _OPTIMIZER.forgetting("exp_avg"),
)

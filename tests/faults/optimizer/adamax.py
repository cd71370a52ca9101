"""Slips of Adamax."""

from __future__ import annotations

from tests.faults.optimizer._shared import Optimizer, betas_swapped

_OPTIMIZER = Optimizer("adamax", "Adamax")

FAULTS = (
    *_OPTIMIZER.common(),
    _OPTIMIZER.fault("correction-a-step-late", "update", _OPTIMIZER.late(), "*"),
    _OPTIMIZER.fault("second-beta-of-0.99", "defaults", _OPTIMIZER.default("betas", (0.9, 0.99))),
    _OPTIMIZER.fault("eps-ignored", "eps", _OPTIMIZER.replaced("eps", 0.0), "*"),
    _OPTIMIZER.fault("betas-unchecked", "betas-range", _OPTIMIZER.accepting("betas", (0.5, 0.5)), "*"),
    _OPTIMIZER.fault("betas-swapped", "betas", _OPTIMIZER.replaced("betas", betas_swapped), "*"),
    _OPTIMIZER.fault("eps-unchecked", "negative-eps", _OPTIMIZER.accepting("eps", 0.1), "*"),
    _OPTIMIZER.forgetting("exp_inf"),
)

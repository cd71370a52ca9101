"""Slips of NAdam."""

from __future__ import annotations

from tests.faults.optimizer._shared import Optimizer

_OPTIMIZER = Optimizer("nadam", "NAdam")

FAULTS = (
    *_OPTIMIZER.common(),
    _OPTIMIZER.fault("correction-a-step-late", "update", _OPTIMIZER.late(), "*"),
    _OPTIMIZER.fault("second-beta-of-0.99", "defaults", _OPTIMIZER.default("betas", (0.9, 0.99))),
    _OPTIMIZER.fault("eps-ignored", "eps", _OPTIMIZER.replaced("eps", 0.0), "*"),
    _OPTIMIZER.fault("betas-unchecked", "betas-range", _OPTIMIZER.accepting("betas", (0.5, 0.5)), "*"),
    _OPTIMIZER.fault("momentum-decay-ignored", "momentum-decay", _OPTIMIZER.replaced("momentum_decay", 0.004), "*"),
    _OPTIMIZER.fault(
        "decay-never-decoupled",
        "decoupled-weight-decay",
        _OPTIMIZER.replaced("decoupled_weight_decay", False),
    ),
    _OPTIMIZER.fault(
        "momentum-decay-unchecked",
        "negative-momentum-decay",
        _OPTIMIZER.accepting("momentum_decay", 0.1),
        "*",
    ),
    _OPTIMIZER.forgetting("exp_avg_sq"),
)

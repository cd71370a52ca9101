"""RAdam: Adam whose adaptive rate is rectified by its variance.

The definition is that of torch's documentation. With gradient g and the step t from 1:

    g = g + weight_decay p                          or, decoupled: p = p - lr weight_decay p
    m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g g,   m' = m / (1 - beta1^t)
    R = 2 / (1 - beta2) - 1,   r = R - 2 t beta2^t / (1 - beta2^t)
    p = p - lr m' sqrt((r-4)(r-2)R / ((R-4)(R-2)r)) sqrt(1 - beta2^t) / (sqrt(v) + eps)   if r > 5
    p = p - lr m'                                                                         otherwise
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import (
    ElementwiseOptimizer,
    _Kept,
    blend,
    require_at_least_zero,
    require_betas,
)

__all__ = ["RAdam"]


class RAdam(ElementwiseOptimizer):
    """Rectified Adam.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        betas: Weights of the old moments.
        eps: Added to the denominator.
        weight_decay: Factor of the parameter that is added to its gradient.
        decoupled_weight_decay: Shrink the parameter instead of changing its gradient.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        decoupled_weight_decay: bool = False,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("RAdam", lr=lr, eps=eps, weight_decay=weight_decay)
        require_betas("RAdam", betas)
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        lr, (beta1, beta2) = float(group["lr"]), group["betas"]
        if group["decoupled_weight_decay"]:
            p = p * (1 - lr * group["weight_decay"])
        elif group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        first = kept["exp_avg"] = blend(kept.get("exp_avg", np.zeros_like(g)), g, beta1)
        second = kept["exp_avg_sq"] = blend(kept.get("exp_avg_sq", np.zeros_like(g)), g * g, beta2)
        mean = first / (1 - beta1**kept.step)
        rate = _rectification(kept.step, beta2)
        if rate is not None:
            mean = mean * rate / (np.sqrt(second) + group["eps"])
        return np.asarray(p - lr * mean)


def _rectification(step: int, beta: float) -> float | None:
    """Return the factor of the adaptive rate; None while the average is too short for one."""
    left = 1 - beta**step
    longest = 2 / (1 - beta) - 1
    length = longest - 2 * step * beta**step / left
    if length <= 5:
        return None
    ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
    return float(np.sqrt(ratio) * np.sqrt(left))

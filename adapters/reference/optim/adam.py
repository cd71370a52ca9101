"""Adam: moments of the gradient, corrected for their start at zero.

The definition is that of torch's documentation. With gradient g and the step t from 1:

    g = g + weight_decay p                          or, decoupled: p = p - lr weight_decay p
    m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g g
    v' = max(v', v)                                 with amsgrad, otherwise v' = v
    p = p - lr (m / (1 - beta1^t)) / (sqrt(v' / (1 - beta2^t)) + eps)
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

__all__ = ["Adam"]


class Adam(ElementwiseOptimizer):
    """Adam; with ``decoupled_weight_decay`` it is AdamW.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        betas: Weights of the old moments.
        eps: Added to the denominator.
        weight_decay: Factor of the parameter that is added to its gradient.
        amsgrad: Divide by the largest second moment so far.
        maximize: Go up and not down.
        decoupled_weight_decay: Shrink the parameter instead of changing its gradient.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        decoupled_weight_decay: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("Adam", lr=lr, eps=eps, weight_decay=weight_decay)
        require_betas("Adam", betas)
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
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
        if group["amsgrad"]:
            second = kept["max_exp_avg_sq"] = np.maximum(kept.get("max_exp_avg_sq", second), second)
        spread = np.sqrt(second / (1 - beta2**kept.step)) + group["eps"]
        return np.asarray(p - lr * (first / (1 - beta1**kept.step)) / spread)

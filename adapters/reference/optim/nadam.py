"""NAdam: Adam with Nesterov's momentum.

The definition is that of torch's documentation. With gradient g and the step t from 1:

    g = g + weight_decay p                          or, decoupled: p = p - lr weight_decay p
    mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2),   M_t = mu_1 ... mu_t
    m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g g
    m' = mu_(t+1) m / (1 - M_(t+1)) + (1 - mu_t) g / (1 - M_t)
    p = p - lr m' / (sqrt(v / (1 - beta2^t)) + eps)
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

__all__ = ["NAdam"]


class NAdam(ElementwiseOptimizer):
    """Adam with Nesterov's momentum.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        betas: Weights of the old moments.
        eps: Added to the denominator.
        weight_decay: Factor of the parameter that is added to its gradient.
        momentum_decay: How fast the momentum approaches the first beta.
        decoupled_weight_decay: Shrink the parameter instead of changing its gradient.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
        decoupled_weight_decay: bool = False,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("NAdam", lr=lr, eps=eps, weight_decay=weight_decay, momentum_decay=momentum_decay)
        require_betas("NAdam", betas)
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        lr, (beta1, beta2), step = float(group["lr"]), group["betas"], kept.step
        if group["decoupled_weight_decay"]:
            p = p * (1 - lr * group["weight_decay"])
        elif group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        first = kept["exp_avg"] = blend(kept.get("exp_avg", np.zeros_like(g)), g, beta1)
        second = kept["exp_avg_sq"] = blend(kept.get("exp_avg_sq", np.zeros_like(g)), g * g, beta2)
        now, following = (beta1 * (1 - 0.5 * 0.96 ** (t * group["momentum_decay"])) for t in (step, step + 1))
        product = kept.number("mu_product", 1.0) * now
        kept.set_number("mu_product", product)
        mean = following / (1 - product * following) * first + (1 - now) / (1 - product) * g
        return np.asarray(p - lr * mean / (np.sqrt(second / (1 - beta2**step)) + group["eps"]))

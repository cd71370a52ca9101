"""Adamax: Adam with the largest gradient in place of the second moment.

The definition is that of torch's documentation. With gradient g and the step t from 1:

    g = g + weight_decay p
    m = beta1 m + (1 - beta1) g,   u = max(beta2 u, |g| + eps)
    p = p - lr m / ((1 - beta1^t) u)
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

__all__ = ["Adamax"]


class Adamax(ElementwiseOptimizer):
    """Adam by the infinity norm.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        betas: Weight of the old average, and decay of the largest gradient.
        eps: Added to the absolute gradient.
        weight_decay: Factor of the parameter that is added to its gradient.
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
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("Adamax", lr=lr, eps=eps, weight_decay=weight_decay)
        require_betas("Adamax", betas)
        options = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        beta1, beta2 = group["betas"]
        if group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        first = kept["exp_avg"] = blend(kept.get("exp_avg", np.zeros_like(g)), g, beta1)
        largest = kept["exp_inf"] = np.maximum(beta2 * kept.get("exp_inf", np.zeros_like(g)), abs(g) + group["eps"])
        return np.asarray(p - float(group["lr"]) / (1 - beta1**kept.step) * first / largest)

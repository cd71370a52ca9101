"""RMSprop: steps over the root of the average squared gradient.

The definition is that of torch's documentation. With gradient g:

    g = g + weight_decay p,   v = alpha v + (1 - alpha) g g
    a = alpha a + (1 - alpha) g,   v' = v - a a     if centered, otherwise v' = v
    b = momentum b + g / (sqrt(v') + eps)
    p = p - lr b
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, blend, require_at_least_zero

__all__ = ["RMSprop"]


class RMSprop(ElementwiseOptimizer):
    """Steps over the root mean square of the gradients.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        alpha: Weight of the old average.
        eps: Added to the denominator.
        weight_decay: Factor of the parameter that is added to its gradient.
        momentum: Share of the last step that is kept.
        centered: Divide by an estimate of the standard deviation.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("RMSprop", lr=lr, alpha=alpha, eps=eps, weight_decay=weight_decay, momentum=momentum)
        options = {
            "lr": lr,
            "alpha": alpha,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "centered": centered,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        alpha, momentum = group["alpha"], group["momentum"]
        if group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        spread = kept["square_avg"] = blend(kept.get("square_avg", np.zeros_like(g)), g * g, alpha)
        if group["centered"]:
            average = kept["grad_avg"] = blend(kept.get("grad_avg", np.zeros_like(g)), g, alpha)
            spread = spread - average * average
        scaled = g / (np.sqrt(spread) + group["eps"])
        if momentum > 0:
            scaled = kept["momentum_buffer"] = momentum * kept.get("momentum_buffer", np.zeros_like(g)) + scaled
        return np.asarray(p - float(group["lr"]) * scaled)

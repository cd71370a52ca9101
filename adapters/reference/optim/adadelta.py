"""Adadelta: steps in units of their own running size.

The definition is that of torch's documentation. With gradient g:

    g = g + weight_decay p,   v = rho v + (1 - rho) g g
    d = sqrt(u + eps) / sqrt(v + eps) g,   u = rho u + (1 - rho) d d
    p = p - lr d
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, blend, require_at_least_zero

__all__ = ["Adadelta"]


class Adadelta(ElementwiseOptimizer):
    """Steps scaled by running averages of squared gradients and of squared steps.

    Args:
        params: As of :class:`Optimizer`.
        lr: Factor of the step, 0 or more.
        rho: Weight of the old averages, from 0 to 1.
        eps: Added within both roots.
        weight_decay: Factor of the parameter that is added to its gradient.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("Adadelta", lr=lr, eps=eps, weight_decay=weight_decay)
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Adadelta: rho: expected 0 to 1, not {rho!r}")
        options = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        rho, eps = group["rho"], group["eps"]
        if group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        squares = kept["square_avg"] = blend(kept.get("square_avg", np.zeros_like(g)), g * g, rho)
        moves = kept.get("acc_delta", np.zeros_like(g))
        change = np.sqrt(moves + eps) / np.sqrt(squares + eps) * g
        kept["acc_delta"] = blend(moves, change * change, rho)
        return np.asarray(p - float(group["lr"]) * change)

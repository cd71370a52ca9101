"""Adagrad: steps that shrink with the sum of squared gradients.

The definition is that of torch's documentation. With gradient g and the step t from 1:

    g = g + weight_decay p,   s = s + g g
    p = p - lr / (1 + (t - 1) lr_decay) g / (sqrt(s) + eps)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, require_at_least_zero

__all__ = ["Adagrad"]


class Adagrad(ElementwiseOptimizer):
    """Adaptive steps by all gradients so far.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        lr_decay: How fast the learning rate falls with the steps taken.
        weight_decay: Factor of the parameter that is added to its gradient.
        initial_accumulator_value: Where the sum of squares begins.
        eps: Added to the denominator.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero(
            "Adagrad",
            lr=lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            eps=eps,
        )
        options = {
            "lr": lr,
            "lr_decay": lr_decay,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "eps": eps,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        if group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        start = np.full_like(g, group["initial_accumulator_value"])
        total = kept["sum"] = kept.get("sum", start) + g * g
        rate = float(group["lr"]) / (1 + (kept.step - 1) * group["lr_decay"])
        return np.asarray(p - rate * g / (np.sqrt(total) + group["eps"]))

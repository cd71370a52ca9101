"""Averaged stochastic gradient descent, as torch's source has it, since its documentation gives no formula.

With gradient g, the step t from 1 and eta = lr at first:

    g = g + weight_decay p,   p = p (1 - lambd eta) - eta g,   ax = ax + mu (p - ax)
    eta = lr / (1 + lambd lr t)^alpha,   mu = 1 / max(1, t - t0)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, require_at_least_zero

__all__ = ["ASGD"]


class ASGD(ElementwiseOptimizer):
    """Averaged SGD.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        lambd: The decay term.
        alpha: The power by which the rate falls.
        t0: The step at which averaging starts.
        weight_decay: Factor of the parameter that is added to its gradient.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("ASGD", lr=lr, weight_decay=weight_decay)
        options = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        lr, lambd = float(group["lr"]), float(group["lambd"])
        eta = kept.number("eta", lr)
        if group["weight_decay"] != 0:
            g = g + group["weight_decay"] * p
        moved = np.asarray(p * (1 - lambd * eta) - eta * g)
        average = kept.get("ax", np.zeros_like(moved))
        kept["ax"] = average + kept.number("mu", 1.0) * (moved - average)
        kept.set_number("eta", lr / (1 + lambd * lr * kept.step) ** group["alpha"])
        kept.set_number("mu", 1 / max(1, kept.step - group["t0"]))
        return moved

"""Rprop: steps of a size of each element's own, by the signs of its gradients.

The definition is that of torch's documentation. For every element, with gradient g and the one before, g':

    s = min(s etaplus, largest)         if g g' > 0
    s = max(s etaminus, smallest), g = 0    if g g' < 0
    p = p - s sign(g)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import ElementwiseOptimizer, _Kept, require_at_least_zero

__all__ = ["Rprop"]


class Rprop(ElementwiseOptimizer):
    """Resilient backpropagation.

    Args:
        params: As of :class:`Optimizer`.
        lr: The first step size, 0 or more.
        etas: Factors by which a step size shrinks and grows.
        step_sizes: The smallest and the largest step size.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        require_at_least_zero("Rprop", lr=lr)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Rprop: etas: expected a factor below 1 and one above 1, not {etas!r}")
        options = {
            "lr": lr,
            "etas": etas,
            "step_sizes": step_sizes,
            "maximize": maximize,
        }
        super().__init__(params, options, compatible)

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter after one step."""
        (shrinking, growing), (smallest, largest) = group["etas"], group["step_sizes"]
        size = kept.get("step_size", np.full_like(g, float(group["lr"])))
        agreement = np.sign(g) * np.sign(kept.get("prev", np.zeros_like(g)))
        size = np.where(agreement > 0, np.minimum(size * growing, largest), size)
        size = np.where(agreement < 0, np.maximum(size * shrinking, smallest), size)
        g = np.where(agreement < 0, 0, g).astype(g.dtype)
        kept["step_size"], kept["prev"] = size, g
        return np.asarray(p - size * np.sign(g))

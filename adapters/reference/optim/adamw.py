"""AdamW: Adam with weight decay apart from the moments.

The definition is that of torch's documentation: before the step of Adam, p = p - lr weight_decay p.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapters.reference.optim.adam import Adam

__all__ = ["AdamW"]


class AdamW(Adam):
    """Adam with decoupled weight decay.

    Args:
        params: As of :class:`Optimizer`.
        lr: Learning rate, 0 or more.
        betas: Weights of the old moments.
        eps: Added to the denominator.
        weight_decay: Share of the parameter that is taken off, times the learning rate.
        amsgrad: Divide by the largest second moment so far.
        maximize: Go up and not down.
        compatible: As of :class:`ElementwiseOptimizer`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        **compatible: Any,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            maximize=maximize,
            decoupled_weight_decay=True,
            **compatible,
        )

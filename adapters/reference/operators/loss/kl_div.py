"""kl_div: the Kullback-Leibler divergence, element by element."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic.elementwise import div
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    REDUCTIONS,
    ElementLoss,
    LossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
)
from adapters.reference.tensor import Tensor

__all__ = ["KLDivLoss", "kl_div"]


class KlDivBackward0(ElementLoss):
    """``t (log t - x)``, or ``exp(t) (t - x)`` for a target that is a logarithm; reduced."""

    __slots__ = ()

    def losses(self, x: Array, t: Array, log_target: bool) -> Array:
        """The divergences; ``t log t`` is 0 where t is."""
        if log_target:
            return arrayed(np.exp(t) * (t - x))
        return arrayed(np.where(t == 0, t.dtype.type(0), t * np.log(t)) - t * x)

    def slopes(self, x: Array, t: Array, log_target: bool) -> tuple[Array, Array]:
        """``-t`` and ``log t + 1 - x``; with ``log_target``, ``-exp(t)`` and ``exp(t) (t - x + 1)``."""
        if log_target:
            scale = np.exp(t)
            return -scale, scale * (t - x + 1)
        return -t, np.log(t) + 1 - x


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """Return the divergences of ``target`` from ``input``, reduced.

    Args:
        input: Logarithms of probabilities, of any shape.
        target: Probabilities of the same shape, or their logarithms.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"``, ``"sum"``, or ``"batchmean"``: the sum over the first dimension's length.
        log_target: Whether the target is given by its logarithms.

    Raises:
        ValueError: ``reduction`` is none of the four.
        RuntimeError: The shapes do not broadcast.
    """
    reduction = chosen_reduction("kl_div", reduction, size_average, reduce, (*REDUCTIONS, "batchmean"))
    input, target = pair_of_tensors("kl_div", input, target)
    if reduction != "batchmean":
        return element_loss(KlDivBackward0, (input, target), reduction, log_target)
    total = element_loss(KlDivBackward0, (input, target), "sum", log_target)
    return div(total, input.array.shape[0]) if input.ndim else total


class KLDivLoss(LossModule):
    """The divergences, as a module.

    Args:
        size_average: Deprecated.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"``, ``"sum"`` or ``"batchmean"``.
        log_target: Whether targets are given by their logarithms.
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        log_target: bool = False,
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the divergence of ``target`` from ``input``."""
        return kl_div(input, target, reduction=self.reduction, log_target=self.log_target)

"""poisson_nll_loss: the negative log likelihood of counts under Poisson distributions."""

from __future__ import annotations

from math import pi

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    LossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
)
from adapters.reference.tensor import Tensor

__all__ = ["PoissonNLLLoss", "poisson_nll_loss"]


class PoissonNllLossBackward0(ElementLoss):
    """``exp(x) - t x`` or ``x - t log(x + eps)``, and Stirling's term; reduced."""

    __slots__ = ()

    def losses(self, x: Array, t: Array, log_input: bool, full: bool, eps: float) -> Array:
        """The negative log likelihoods, up to what does not depend on x unless ``full``."""
        losses: Array = np.exp(x) - t * x if log_input else x - t * np.log(x + eps)
        if not full:
            return losses
        stirling = t * np.log(t) - t + 0.5 * np.log(2 * pi * t)
        return np.asarray(losses + np.where(t > 1, stirling, t.dtype.type(0)))

    def slopes(self, x: Array, t: Array, log_input: bool, full: bool, eps: float) -> tuple[Array, Array]:
        """``exp(x) - t`` or ``1 - t / (x + eps)``; for the target the logarithm and Stirling's ``log t + 1 / 2t``."""
        to_x = np.exp(x) - t if log_input else 1 - t / (x + eps)
        to_t = -x if log_input else -np.log(x + eps)
        if full:
            to_t = to_t + np.where(t > 1, np.log(t) + 0.5 / t, t.dtype.type(0))
        return to_x, to_t


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the negative log likelihoods of the counts ``target`` at the rates ``input``, reduced.

    Args:
        input: Rates, or with ``log_input`` their logarithms; of any shape.
        target: Counts.
        log_input: Whether the input is given by its logarithms.
        full: Whether to add Stirling's approximation of log(target!), for targets above 1.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        eps: What is added to rates before their logarithms are taken.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The shapes do not broadcast.
    """
    reduction = chosen_reduction("poisson_nll_loss", reduction, size_average, reduce)
    input, target = pair_of_tensors("poisson_nll_loss", input, target)
    return element_loss(PoissonNllLossBackward0, (input, target), reduction, log_input, full, eps)


class PoissonNLLLoss(LossModule):
    """The negative log likelihoods of counts, as a module; see :func:`poisson_nll_loss` for its arguments."""

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        size_average: bool | None = None,
        eps: float = 1e-8,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.log_input, self.full, self.eps = log_input, full, eps

    def forward(self, log_input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``log_input`` against ``target``."""
        return poisson_nll_loss(
            log_input, target, log_input=self.log_input, full=self.full, eps=self.eps, reduction=self.reduction
        )

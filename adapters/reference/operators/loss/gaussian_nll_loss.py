"""gaussian_nll_loss: the negative log likelihood of samples under normal distributions."""

from __future__ import annotations

from math import log, pi
from typing import Any

import numpy as np

from adapters.reference.arithmetic.axes import unsqueeze
from adapters.reference.arithmetic.elementwise import mul
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import Recorded, arrayed
from adapters.reference.creation import ones_like
from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    LossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
)
from adapters.reference.tensor import Tensor

__all__ = ["GaussianNLLLoss", "gaussian_nll_loss"]


class FlooredBackward0(Function):
    """Numbers that are at least ``least``, for backward passes on the tape: differentiation ignores the clamp."""

    __slots__ = ()

    def forward(self, x: Array, least: float) -> Array:
        """The larger of the two, element by element."""
        return floored(x, least)

    def backward(self, gradient: Array) -> Array:
        """``g`` itself."""
        return gradient


def floored(x: Any, least: float) -> Array:
    """Return ``x``, but at least ``least``."""
    if isinstance(x, Recorded):
        return arrayed(Recorded(FlooredBackward0.apply((x.tensor,), least)))
    result: Array = np.maximum(x, x.dtype.type(least))
    return result


class GaussianNllLossBackward0(ElementLoss):
    """``(log v + (x - y) ** 2 / v) / 2``, v being the variance, at least eps; reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, var: Array, full: bool, eps: float) -> Array:
        """The negative log likelihoods, with the constant if ``full``."""
        v = floored(var, eps)
        losses: Array = 0.5 * (np.log(v) + (x - y) ** 2 / v)
        return losses + 0.5 * log(2 * pi) if full else losses

    def slopes(self, x: Array, y: Array, var: Array, full: bool, eps: float) -> tuple[Array, Array, Array]:  # noqa: ARG002 - the constant has no slope
        """``(x - y) / v``, its negative, and ``(1 / v - (x - y) ** 2 / v ** 2) / 2`` also for clamped variances."""
        v = floored(var, eps)
        slope = (x - y) / v
        return slope, -slope, 0.5 * (1 / v - slope * slope)


def _matched(input: Tensor, var: Tensor) -> Tensor:
    """Return the variances in a shape that broadcasts against the input.

    Raises:
        ValueError: Their shape is neither the input's, nor that with its last dimension missing or one dimension 1.
    """
    size, given = input.array.shape, var.array.shape
    if given == size:
        return var
    if given == size[:-1]:
        return unsqueeze(var, -1)
    different = [have for want, have in zip(size, given, strict=False) if want != have]
    if len(size) == len(given) and different == [1]:
        return var
    raise ValueError(
        f"gaussian_nll_loss: var: expected shape {size}, or with its last dimension missing or one dimension of 1, "
        f"not {given}"
    )


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """Return the negative log likelihoods of ``target`` under normal distributions, reduced.

    Args:
        input: The means.
        target: The samples; a dimension may be 1.
        var: The variances: one for each mean, or for all of the last dimension, or a number.
        full: Whether to add the constant log(2 pi) / 2.
        eps: The least variance; differentiation ignores the clamp.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, a variance is negative, or they have another shape.
        RuntimeError: The shapes do not broadcast.
    """
    if isinstance(var, (int, float)):
        var = mul(ones_like(input), var)
    if bool((var.array < 0).any()):
        raise ValueError("gaussian_nll_loss: var: expected no negative entry")
    var = _matched(input, var)
    reduction = chosen_reduction("gaussian_nll_loss", reduction)
    input, target = pair_of_tensors("gaussian_nll_loss", input, target)
    return element_loss(GaussianNllLossBackward0, (input, target, var), reduction, full, eps)


class GaussianNLLLoss(LossModule):
    """The negative log likelihoods of samples, as a module; see :func:`gaussian_nll_loss` for its arguments."""

    def __init__(self, *, full: bool = False, eps: float = 1e-6, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.full, self.eps = full, eps

    def forward(self, input: Tensor, target: Tensor, var: Tensor | float) -> Tensor:
        """Return the loss of the means ``input`` and variances ``var`` against ``target``."""
        return gaussian_nll_loss(input, target, var, full=self.full, eps=self.eps, reduction=self.reduction)

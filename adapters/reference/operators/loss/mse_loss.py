"""mse_loss: the squared differences, or their mean or sum."""

from __future__ import annotations

import warnings

import numpy as np

from adapters.reference.arithmetic._shared import operands, require_broadcast
from adapters.reference.arithmetic.views import expand
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import FLOATING, Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.loss._shared import LossModule, chosen_reduction, weighted
from adapters.reference.tensor import Tensor

__all__ = ["MSELoss", "mse_loss"]


class MseLossBackward0(Function):
    """``(x - y) ** 2``, reduced."""

    __slots__ = ("reduction",)

    def forward(self, x: Array, y: Array, reduction: str) -> Array:
        """The squares, their mean (NaN of nothing) or their sum."""
        self.reduction = reduction
        self.saved = (x, y)
        difference = x - y
        difference *= difference
        if reduction == "none":
            return difference
        total = np.asarray(difference.sum())
        return np.asarray(total / total.dtype.type(difference.size)) if reduction == "mean" else total

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None]:
        """``2 (x - y) g``, over the number of elements for the mean; the negative for the target."""
        x, y = self.saved
        scale = gradient.dtype.type(2 / x.size if self.reduction == "mean" and x.size else 2)
        change = (x - y) * (gradient * scale)
        return change if self.needs[0] else None, -change if self.needs[1] else None


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """Return the squared differences of ``input`` and ``target``.

    Args:
        input: Of any shape.
        target: Of the same shape; of another one, a warning is given and both are broadcast.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"`` for all differences, ``"mean"`` or ``"sum"`` for one number.
        weight: A factor for each squared difference; ``"mean"`` then divides by the sum of the weights.

    Raises:
        ValueError: ``reduction`` is none of the three.
        RuntimeError: The shapes do not broadcast, or there is no floating-point number.
    """
    require_tensor(input, "mse_loss: input")
    require_tensor(target, "mse_loss: target")
    reduction = chosen_reduction("mse_loss", reduction, size_average, reduce)
    if input.array.shape != target.array.shape:
        input, target = _broadcast(input, target)
    if input.array.dtype != target.array.dtype:
        input, target = operands(input, target, "mse_loss")
    if input.dtype.category != FLOATING:
        raise RuntimeError(f"mse_loss: expected a floating point dtype, not {input.dtype}")
    if weight is not None:
        squares: Tensor = MseLossBackward0.apply((input, target), "none")
        return weighted("mse_loss", squares, weight, reduction, over_weights=True)
    result: Tensor = MseLossBackward0.apply((input, target), reduction)
    return result


def _broadcast(input: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    warnings.warn(
        f"mse_loss: the target size {target.shape} is different to the input size {input.shape}: they are broadcast, "
        "which likely leads to incorrect results. Give both the same size",
        UserWarning,
        stacklevel=3,
    )
    require_broadcast(input, target)
    shape = np.broadcast_shapes(input.array.shape, target.array.shape)
    return tuple(tensor if tensor.array.shape == shape else expand(tensor, shape) for tensor in (input, target))  # type: ignore[return-value]


class MSELoss(LossModule):
    """The squared differences, as a module; its arguments are those of :class:`LossModule`."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return mse_loss(input, target, reduction=self.reduction)

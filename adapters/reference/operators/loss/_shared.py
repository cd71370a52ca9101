"""What losses have in common: reductions, functions that give a loss for each element, and modules."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import operands, reduced_to, require_broadcast
from adapters.reference.arithmetic.elementwise import div, mul
from adapters.reference.arithmetic.reduction import mean
from adapters.reference.arithmetic.reduction import sum as total_of
from adapters.reference.autograd.function import Function
from adapters.reference.autograd.recorded import arrayed
from adapters.reference.dtype import FLOATING, Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

REDUCTIONS = ("none", "mean", "sum")


def legacy_reduction(size_average: bool | None, reduce: bool | None) -> str:
    """Return the ``reduction`` that the two deprecated flags mean; each counts as true where not given."""
    means = "mean" if size_average is None or size_average else "sum"
    chosen = means if reduce is None or reduce else "none"
    warnings.warn(f"size_average and reduce are deprecated: use reduction={chosen!r}", UserWarning, stacklevel=3)
    return chosen


def chosen_reduction(
    what: str,
    reduction: str,
    size_average: bool | None = None,
    reduce: bool | None = None,
    allowed: tuple[str, ...] = REDUCTIONS,
) -> str:
    """Return the reduction that is asked for, by name or by the deprecated flags.

    Raises:
        ValueError: ``reduction`` is none of ``allowed``.
    """
    if size_average is not None or reduce is not None:
        return legacy_reduction(size_average, reduce)
    if reduction not in allowed:
        raise ValueError(f"{what}: reduction: expected one of {', '.join(allowed)}, not {reduction!r}")
    return reduction


def reduced(losses: Tensor, reduction: str) -> Tensor:
    """Return the losses, their mean or their sum."""
    return losses if reduction == "none" else mean(losses) if reduction == "mean" else total_of(losses)


def reduced_array(losses: Any, reduction: str) -> Array:
    """Return an array of losses, their mean (NaN of nothing) or their sum."""
    if reduction == "none":
        return arrayed(losses)
    total = arrayed(losses.sum())
    return arrayed(total / losses.dtype.type(losses.size)) if reduction == "mean" else total


def unreduced(gradient: Array, reduction: str, shape: tuple[int, ...]) -> Array:
    """Return the gradient of every loss, given that of what they were reduced to."""
    if reduction == "none":
        return gradient
    share = gradient / gradient.dtype.type(int(np.prod(shape))) if reduction == "mean" else gradient
    return np.broadcast_to(share, shape)


class ElementLoss(Function):
    """A loss for each element, reduced. A subclass gives the losses, and their slopes in each input."""

    __slots__ = ("options", "reduction", "shape")

    def losses(self, *given: Any) -> Array:
        """Return the losses of the inputs, given with the options after them."""
        raise NotImplementedError

    def slopes(self, *given: Any) -> tuple[Array | None, ...]:
        """Return the derivative of each element's loss in each input; ``None`` for a constant."""
        raise NotImplementedError

    def forward(self, *given: Any) -> Array:
        """The reduced losses; the last two arguments are the reduction and the options."""
        *inputs, self.reduction, self.options = given
        self.saved = tuple(inputs)
        losses = np.asarray(self.losses(*inputs, *self.options))
        self.shape = losses.shape
        return reduced_array(losses, self.reduction)

    def backward(self, gradient: Array) -> tuple[Array | None, ...]:
        """``g`` of each loss times its slopes, summed over broadcast dimensions."""
        spread = unreduced(gradient, self.reduction, self.shape)
        slopes = self.slopes(*self.saved, *self.options)
        gradients: list[Array | None] = []
        for array, slope, needed in zip(self.saved, slopes, self.needs, strict=True):
            if needed and slope is None:
                raise RuntimeError(f"{self.name()}: the derivative of a constant argument is not implemented")
            gradients.append(reduced_to(arrayed(spread * slope), array.shape) if needed else None)
        return tuple(gradients)


def element_loss(
    function: type[ElementLoss], inputs: tuple[Tensor | None, ...], reduction: str, *options: Any
) -> Tensor:
    """Apply ``function`` to tensors of one floating-point type."""
    result: Tensor = function.apply(inputs, reduction, options)
    return result


def pair_of_tensors(what: str, input: Tensor, target: Tensor, *, warn: bool = False) -> tuple[Tensor, Tensor]:
    """Return input and target in one floating-point type, their shapes such that they broadcast.

    Raises:
        TypeError: One is not a tensor.
        RuntimeError: They do not broadcast, or there is no floating-point number among them.
    """
    require_tensor(input, f"{what}: input")
    require_tensor(target, f"{what}: target")
    if warn and input.array.shape != target.array.shape:
        warnings.warn(
            f"{what}: the target size {target.shape} is different to the input size {input.shape}: they are broadcast, "
            "which likely leads to incorrect results. Give both the same size",
            UserWarning,
            stacklevel=3,
        )
    require_broadcast(input, target)
    if input.array.dtype != target.array.dtype:
        input, target = operands(input, target, what)
    if input.dtype.category != FLOATING:
        raise RuntimeError(f"{what}: expected a floating point dtype, not {input.dtype}")
    return input, target


def require_same_shape(what: str, input: Tensor, target: Tensor) -> None:
    """Refuse a target of another shape than the input's.

    Raises:
        ValueError: The shapes differ.
    """
    if input.array.shape != target.array.shape:
        raise ValueError(f"{what}: target: expected shape {tuple(input.shape)}, the input's, not {tuple(target.shape)}")


def weighted(what: str, losses: Tensor, weight: Tensor, reduction: str, *, over_weights: bool) -> Tensor:
    """Return losses times weights, reduced; the mean is over the sum of the weights or over the number.

    Raises:
        ValueError: The weight has another shape than the losses.
    """
    require_tensor(weight, f"{what}: weight")
    if weight.array.shape != losses.array.shape:
        raise ValueError(
            f"{what}: weight: expected shape {tuple(losses.shape)}, the input's, not {tuple(weight.shape)}"
        )
    products = mul(losses, weight)
    if reduction == "mean" and over_weights:
        return div(total_of(products), total_of(weight))
    return reduced(products, reduction)


class LossModule(Module):
    """A loss, as a module.

    Args:
        size_average: Deprecated.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
    """

    def __init__(self, size_average: bool | None = None, reduce: bool | None = None, reduction: str = "mean") -> None:
        super().__init__()
        if size_average is not None or reduce is not None:
            reduction = legacy_reduction(size_average, reduce)
        self.reduction = reduction


class WeightedLossModule(LossModule):
    """A loss with weights, which are a buffer.

    Args:
        weight: The weights.
        size_average: Deprecated.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.
    """

    weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)

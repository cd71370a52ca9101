"""binary_cross_entropy: the cross entropy of probabilities of two classes."""

from __future__ import annotations

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.loss._shared import (
    ElementLoss,
    WeightedLossModule,
    chosen_reduction,
    element_loss,
    pair_of_tensors,
    require_same_shape,
)
from adapters.reference.tensor import Tensor

__all__ = ["BCELoss", "binary_cross_entropy"]

_LEAST_LOGARITHM = -100.0
_LEAST_DENOMINATOR = 1e-12
"""Keeps the derivative at probabilities of 0 and 1 finite."""


class BinaryCrossEntropyBackward0(ElementLoss):
    """``-w (y log x + (1 - y) log(1 - x))``, the logarithms at least -100; reduced."""

    __slots__ = ()

    def losses(self, x: Array, y: Array, weight: Array | None) -> Array:
        """The cross entropies."""
        losses: Array = -(y * _logarithm(x) + (1 - y) * np.maximum(np.log1p(-x), x.dtype.type(_LEAST_LOGARITHM)))
        return losses if weight is None else losses * weight

    def slopes(self, x: Array, y: Array, weight: Array | None) -> tuple[Array, Array, None]:
        """``w (x - y) / (x (1 - x))`` and, for the target, ``w (log(1 - x) - log x)``."""
        to_x = (x - y) / np.maximum(x * (1 - x), x.dtype.type(_LEAST_DENOMINATOR))
        to_y = _logarithm(1 - x) - _logarithm(x)
        return (to_x, to_y, None) if weight is None else (to_x * weight, to_y * weight, None)


def _logarithm(x: Array) -> Array:
    result: Array = np.maximum(np.log(x), x.dtype.type(_LEAST_LOGARITHM))
    return result


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return the cross entropies of the probabilities ``input`` against ``target``, reduced.

    Args:
        input: Probabilities, of any shape.
        target: Of the same shape, from 0 to 1.
        weight: A factor for each element; of fewer elements, it is repeated.
        size_average: Deprecated; with ``reduce``, sets ``reduction``.
        reduce: Deprecated.
        reduction: ``"none"``, ``"mean"`` or ``"sum"``.

    Raises:
        ValueError: ``reduction`` is none of the three, or the target has another shape.
        RuntimeError: The weight does not broadcast, or an input is not from 0 to 1.
    """
    reduction = chosen_reduction("binary_cross_entropy", reduction, size_average, reduce)
    require_same_shape("binary_cross_entropy", input, target)
    input, target = pair_of_tensors("binary_cross_entropy", input, target)
    if bool(((input.array < 0) | (input.array > 1)).any()):
        raise RuntimeError("binary_cross_entropy: input: expected all elements to be from 0 to 1")
    if weight is not None:
        input, weight = pair_of_tensors("binary_cross_entropy: weight", input, weight)
    return element_loss(BinaryCrossEntropyBackward0, (input, target, weight), reduction)


class BCELoss(WeightedLossModule):
    """The cross entropies of probabilities of two classes, as a module; see :class:`WeightedLossModule`."""

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of ``input`` against ``target``."""
        return binary_cross_entropy(input, target, weight=self.weight, reduction=self.reduction)

"""What normalizations have in common: standardizing over axes, the affine map, and modules with a weight and a bias."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.creation import ones, zeros
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.tensor import Tensor


class StandardizeBackward0(Function):
    """``(x - mean) / sqrt(variance + eps)`` over axes, the variance biased."""

    __slots__ = ("axes",)
    recomputed = True

    def forward(self, x: Array, axes: tuple[int, ...], eps: float) -> Array:
        """The standardized elements; the mean is taken off before anything is squared."""
        self.axes = axes
        centred = x - x.mean(axis=axes, keepdims=True, dtype=x.dtype)
        spread = np.sqrt(np.square(centred).mean(axis=axes, keepdims=True, dtype=x.dtype) + x.dtype.type(eps))
        result: Array = centred / spread
        self.saved = (result, spread)
        return result

    def backward(self, gradient: Array) -> Array:
        """``(g - mean(g) - y mean(g y)) / sqrt(variance + eps)``."""
        y, spread = self.saved
        along = (gradient * y).mean(axis=self.axes, keepdims=True, dtype=y.dtype)
        change: Array = (gradient - gradient.mean(axis=self.axes, keepdims=True, dtype=y.dtype) - y * along) / spread
        return change


def standardized(input: Tensor, axes: tuple[int, ...], eps: float) -> Tensor:
    """Return ``input`` with mean 0 and nearly variance 1 over ``axes``."""
    result: Tensor = StandardizeBackward0.apply((input,), axes, eps)
    return result


def affine(x: Tensor, weight: Tensor | None, bias: Tensor | None, shape: Sequence[int]) -> Tensor:
    """Return ``x * weight + bias``, both in ``shape``."""
    if weight is not None:
        x = x * weight.view(*shape)
    return x if bias is None else x + bias.view(*shape)


def channel_shape(input: Tensor) -> tuple[int, ...]:
    """Return the shape in which one number for each channel meets ``input``."""
    return (1, input.shape[1], *(1 for _ in range(input.ndim - 2)))


def require_last(input: Tensor, shape: tuple[int, ...], name: str) -> None:
    """Refuse an input whose last dimensions are not ``shape``.

    Raises:
        RuntimeError: They are not.
    """
    if not shape or tuple(input.shape[-len(shape) :]) != shape:
        raise RuntimeError(f"{name}: input: expected a shape that ends in {list(shape)}, not {list(input.shape)}")


def require_own(parameter: Tensor | None, shape: tuple[int, ...], what: str) -> None:
    """Refuse a weight or bias of another shape than ``shape``.

    Raises:
        RuntimeError: It has another one.
    """
    if parameter is not None and tuple(parameter.shape) != shape:
        raise RuntimeError(f"{what}: expected shape {list(shape)}, not {list(parameter.shape)}")


class AffineModule(Module):
    """A module with a weight of ones and a bias of zeros, or without.

    Args:
        shape: Of both.
        affine: Whether there are any.
        bias: Whether there is a bias among them.
        dtype: Of both.
    """

    weight: Parameter | None
    bias: Parameter | None

    def __init__(self, shape: tuple[int, ...], *, affine: bool, bias: bool, dtype: Any = None) -> None:
        super().__init__()
        self.weight = Parameter(ones(*shape, dtype=dtype)) if affine else None
        self.bias = Parameter(zeros(*shape, dtype=dtype)) if affine and bias else None

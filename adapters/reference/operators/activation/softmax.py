"""softmax: exponentials, rescaled so that each slice sums to 1."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array, DType
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._normalized import Slicewise, prepared, shifted
from adapters.reference.tensor import Tensor, method

__all__ = ["Softmax", "Softmax2d", "softmax"]


class SoftmaxBackward0(Function):
    """``exp(x)`` over its sum along an axis."""

    __slots__ = ("axis",)

    def forward(self, x: Array, axis: int) -> Array:
        """The shares of the exponentials."""
        self.axis = axis
        if x.size == 0 or x.ndim == 0:
            result = np.where(np.isnan(x), x, np.ones_like(x))
        else:
            powers = np.exp(shifted(x, axis))
            result = powers / powers.sum(axis=axis, keepdims=True)
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``y (g - sum(g y))``."""
        (y,) = self.saved
        if y.ndim == 0:
            return np.zeros_like(gradient)
        change: Array = y * (gradient - (gradient * y).sum(axis=self.axis, keepdims=True))
        return change


@method("softmax")
def softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None) -> Tensor:
    """Return ``exp(x)`` over the sum of ``exp(x)`` along ``dim``, for every element x of ``input``.

    Args:
        input: Of any shape.
        dim: The dimension along which the results sum to 1.
        dtype: What to convert the input to first.
    """
    input, axis = prepared(input, dim, dtype, "softmax")
    result: Tensor = SoftmaxBackward0.apply((input,), axis)
    return result


class Softmax(Slicewise):
    """Exponentials, rescaled so that each slice sums to 1, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares of ``input`` along the dimension."""
        return softmax(input, self.dim)


class Softmax2d(Module):
    """Softmax over the channels of every pixel."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares of ``input``, of shape (N, C, H, W) or (C, H, W), along C.

        Raises:
            ValueError: The input has another number of dimensions.
        """
        if input.ndim not in (3, 4):
            raise ValueError(f"Softmax2d: input: expected 3 or 4 dimensions, not shape {tuple(input.shape)}")
        return softmax(input, -3)

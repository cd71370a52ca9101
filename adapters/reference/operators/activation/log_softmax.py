"""log_softmax: the logarithms of softmax."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array, DType
from adapters.reference.operators.activation._normalized import Slicewise, prepared, shifted
from adapters.reference.tensor import Tensor, method

__all__ = ["LogSoftmax", "log_softmax"]


class LogSoftmaxBackward0(Function):
    """``x - log(sum(exp(x)))`` along an axis."""

    __slots__ = ("axis",)

    def forward(self, x: Array, axis: int) -> Array:
        """The logarithms of the shares."""
        self.axis = axis
        if x.size == 0 or x.ndim == 0:
            result = np.where(np.isnan(x), x, np.zeros_like(x))
        else:
            moved = shifted(x, axis)
            result = moved - np.log(np.exp(moved).sum(axis=axis, keepdims=True))
        self.saved = (result,)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g - exp(y) sum(g)``."""
        (y,) = self.saved
        if y.ndim == 0:
            return np.zeros_like(gradient)
        change: Array = gradient - np.exp(y) * gradient.sum(axis=self.axis, keepdims=True)
        return change


@method("log_softmax")
def log_softmax(input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: DType | None = None) -> Tensor:
    """Return the logarithm of ``exp(x)`` over the sum of ``exp(x)`` along ``dim``, for every element x of ``input``.

    Args:
        input: Of any shape.
        dim: The dimension along which softmax is taken.
        dtype: What to convert the input to first.
    """
    input, axis = prepared(input, dim, dtype, "log_softmax")
    result: Tensor = LogSoftmaxBackward0.apply((input,), axis)
    return result


class LogSoftmax(Slicewise):
    """The logarithms of softmax, as a module."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the logarithms of the shares of ``input`` along the dimension."""
        return log_softmax(input, self.dim)

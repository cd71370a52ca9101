"""softplus: a smooth approximation of the rectifier."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.activation._shared import applied, log_of_one_plus_exp, logistic
from adapters.reference.tensor import Tensor

__all__ = ["Softplus", "softplus"]


class SoftplusBackward0(Function):
    """``log(1 + exp(beta x)) / beta``, and x itself where ``beta x`` is above the threshold."""

    __slots__ = ("beta", "threshold")

    def forward(self, x: Array, beta: float, threshold: float) -> Array:
        """The activation."""
        self.saved, self.beta, self.threshold = (x,), beta, threshold
        scaled = x * beta
        return np.where(scaled > threshold, x, log_of_one_plus_exp(scaled) / beta)

    def backward(self, gradient: Array) -> Array:
        """``g`` above the threshold, ``g sigmoid(beta x)`` elsewhere."""
        (x,) = self.saved
        scaled = x * self.beta
        return np.where(scaled > self.threshold, gradient, gradient * logistic(scaled))


def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """Return ``log(1 + exp(beta x)) / beta`` for every element x of ``input``, x where ``beta x > threshold``."""
    return applied(SoftplusBackward0, "softplus", input, beta, threshold)


class Softplus(Module):
    """A smooth approximation of the rectifier, as a module.

    Args:
        beta: How sharp the bend is.
        threshold: Above which ``beta x`` the function is the identity.
    """

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """Return the activation of ``input``."""
        return softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"beta={self.beta}, threshold={self.threshold}"

"""local_response_norm: division by the squares of neighbouring channels."""

from __future__ import annotations

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.tensor import Tensor

__all__ = ["LocalResponseNorm", "local_response_norm"]


def _around(values: Array, size: int, *, after: bool) -> Array:
    """Return, for every channel, the sum over the ``size`` channels around it, the even one more before or after."""
    half = size // 2
    before, behind = (size - 1 - half, half) if after else (half, size - 1 - half)
    channels, beyond = values.shape[1], values.shape[2:]
    nothing = [np.zeros((values.shape[0], count, *beyond), dtype=values.dtype) for count in (before, behind)]
    padded = np.concatenate([nothing[0], values, nothing[1]], axis=1)
    total: Array = padded[:, :channels]
    for shift in range(1, size):
        total = total + padded[:, shift : shift + channels]
    return total


class LocalResponseNormBackward0(Function):
    """``x / (k + alpha / n sum(x x)) ** beta``, the sum over n channels."""

    __slots__ = ("options",)
    recomputed = True

    def forward(self, x: Array, size: int, alpha: float, beta: float, k: float) -> Array:
        """The divided elements."""
        self.options = (size, alpha, beta)
        base = (k + _around(np.square(x), size, after=False) * alpha / size).astype(x.dtype)
        result: Array = x / base**beta
        self.saved = (x, base)
        return result

    def backward(self, gradient: Array) -> Array:
        """``g / base^beta - 2 alpha beta / n x sum(g x / base^(beta + 1))``."""
        x, base = self.saved
        size, alpha, beta = self.options
        spread = _around(gradient * x / base ** (beta + 1), size, after=True)
        change: Array = gradient / base**beta - 2 * alpha * beta / size * x * spread
        return change


def local_response_norm(input: Tensor, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Tensor:
    """Return ``input`` over a power of the mean square of neighbouring channels.

    Args:
        input: Of shape (N, C, *).
        size: How many channels count.
        alpha: Factor of their mean square.
        beta: The power.
        k: Added to it.

    Raises:
        ValueError: There are fewer than three dimensions.
    """
    if input.ndim < 3:
        raise ValueError(f"local_response_norm: input: expected 3 dimensions or more, not shape {list(input.shape)}")
    result: Tensor = LocalResponseNormBackward0.apply((input,), size, alpha, beta, k)
    return result


class LocalResponseNorm(Module):
    """Division by the squares of neighbouring channels, as a module.

    Args:
        size: How many channels count.
        alpha: Factor of their mean square.
        beta: The power.
        k: Added to it.
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` normalized."""
        return local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"

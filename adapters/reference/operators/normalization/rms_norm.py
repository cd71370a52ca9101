"""rms_norm: division by the root mean square over the last dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.operators.normalization._shared import AffineModule, affine, require_last, require_own
from adapters.reference.tensor import Tensor

__all__ = ["RMSNorm", "rms_norm"]


class RmsNormBackward0(Function):
    """``x / sqrt(mean(x x) + eps)`` over axes."""

    __slots__ = ("axes",)
    recomputed = True

    def forward(self, x: Array, axes: tuple[int, ...], eps: float | None) -> Array:
        """The divided elements."""
        self.axes = axes
        added = x.dtype.type(np.finfo(x.dtype).eps if eps is None else eps)
        size = np.sqrt(np.square(x).mean(axis=axes, keepdims=True, dtype=x.dtype) + added)
        result: Array = x / size
        self.saved = (result, size)
        return result

    def backward(self, gradient: Array) -> Array:
        """``(g - y mean(g y)) / sqrt(mean(x x) + eps)``."""
        y, size = self.saved
        change: Array = (gradient - y * (gradient * y).mean(axis=self.axes, keepdims=True, dtype=y.dtype)) / size
        return change


def rms_norm(
    input: Tensor,
    normalized_shape: int | tuple[int, ...] | list[int],
    weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    """Return ``input`` over the root of its mean square, scaled element by element.

    Args:
        input: Of shape (*, *normalized_shape).
        normalized_shape: The last dimensions.
        weight: Factors, of shape ``normalized_shape``.
        eps: Added to the mean square; the machine epsilon of the type that is computed in where not given.

    Raises:
        RuntimeError: The shapes do not fit.
    """
    shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
    require_last(input, shape, "rms_norm")
    require_own(weight, shape, "rms_norm: weight")
    axes = tuple(range(input.ndim - len(shape), input.ndim))
    return affine(RmsNormBackward0.apply((input,), axes, eps), weight, None, shape)


class RMSNorm(AffineModule):
    """Division by the root mean square, as a module.

    Args:
        normalized_shape: The last dimensions.
        eps: Added to the mean square.
        elementwise_affine: Whether there is a weight.
        device: Taken for compatibility.
        dtype: Of the weight.
    """

    def __init__(
        self,
        normalized_shape: int | tuple[int, ...] | list[int],
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        del device
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        super().__init__(shape, affine=elementwise_affine, bias=False, dtype=dtype)
        self.normalized_shape = shape
        self.eps = eps
        self.elementwise_affine = elementwise_affine

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` normalized."""
        return rms_norm(input, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"

"""layer_norm: standardizing over the last dimensions."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.normalization._shared import (
    AffineModule,
    affine,
    require_last,
    require_own,
    standardized,
)
from adapters.reference.tensor import Tensor

__all__ = ["LayerNorm", "layer_norm"]


def layer_norm(
    input: Tensor,
    normalized_shape: int | tuple[int, ...] | list[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return ``input`` standardized over its last dimensions, scaled and shifted element by element.

    Args:
        input: Of shape (*, *normalized_shape).
        normalized_shape: The last dimensions.
        weight: Factors, of shape ``normalized_shape``.
        bias: Summands, of the same shape.
        eps: Added to the variance.

    Raises:
        RuntimeError: The shapes do not fit.
    """
    shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
    require_last(input, shape, "layer_norm")
    require_own(weight, shape, "layer_norm: weight")
    require_own(bias, shape, "layer_norm: bias")
    axes = tuple(range(input.ndim - len(shape), input.ndim))
    return affine(standardized(input, axes, eps), weight, bias, shape)


class LayerNorm(AffineModule):
    """Standardizing over the last dimensions, as a module.

    Args:
        normalized_shape: The last dimensions.
        eps: Added to the variance.
        elementwise_affine: Whether there is a weight.
        bias: Whether there is a bias with it.
        device: Taken for compatibility.
        dtype: Of weight and bias.
    """

    def __init__(
        self,
        normalized_shape: int | tuple[int, ...] | list[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        del device
        shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        super().__init__(shape, affine=elementwise_affine, bias=bias, dtype=dtype)
        self.normalized_shape = shape
        self.eps = eps
        self.elementwise_affine = elementwise_affine

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` normalized."""
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}, "
            f"bias={self.bias is not None}"
        )

"""group_norm: standardizing over groups of channels."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.normalization._shared import (
    AffineModule,
    affine,
    channel_shape,
    require_own,
    standardized,
)
from adapters.reference.tensor import Tensor

__all__ = ["GroupNorm", "group_norm"]


def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return ``input`` standardized over each group of channels of each sample, scaled and shifted by channel.

    Args:
        input: Of shape (N, C, *).
        num_groups: How many groups; it divides C.
        weight: Factors, of shape (C).
        bias: Summands, of shape (C).
        eps: Added to the variance.

    Raises:
        RuntimeError: The groups do not divide the channels, or the shapes do not fit.
    """
    if input.ndim < 2:
        raise RuntimeError(f"group_norm: input: expected two dimensions or more, not shape {list(input.shape)}")
    batch, channels, *rest = input.shape
    if num_groups <= 0 or channels % num_groups != 0:
        raise RuntimeError(
            f"group_norm: expected {channels} channels to be divisible by num_groups, not {num_groups!r}"
        )
    require_own(weight, (channels,), "group_norm: weight")
    require_own(bias, (channels,), "group_norm: bias")
    grouped = input.reshape(batch, num_groups, channels // num_groups, *rest)
    normalized = standardized(grouped, tuple(range(2, grouped.ndim)), eps).reshape(*input.shape)
    return affine(normalized, weight, bias, channel_shape(input))


class GroupNorm(AffineModule):
    """Standardizing over groups of channels, as a module.

    Args:
        num_groups: How many groups.
        num_channels: How many channels.
        eps: Added to the variance.
        affine: Whether there is a weight.
        device: Taken for compatibility.
        dtype: Of weight and bias.
        bias: Whether there is a bias with the weight.

    Raises:
        ValueError: The groups do not divide the channels.
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        device: Any = None,
        dtype: Any = None,
        bias: bool = True,
    ) -> None:
        del device
        if num_channels % num_groups != 0:
            raise ValueError(f"GroupNorm: expected num_groups to divide {num_channels} channels, not {num_groups!r}")
        super().__init__((num_channels,), affine=affine, bias=bias, dtype=dtype)
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` normalized."""
        return group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )

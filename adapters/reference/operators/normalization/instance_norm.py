"""instance_norm: standardizing each channel of each sample."""

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

__all__ = ["InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d", "instance_norm"]


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Return each channel of each sample of ``input`` standardized over its positions, scaled and shifted.

    Args:
        input: Of shape (N, C, *).
        running_mean: Not offered.
        running_var: Not offered.
        weight: Factors, of shape (C).
        bias: Summands, of shape (C).
        use_input_stats: Must be True, as there are no running statistics.
        momentum: Of the running statistics.
        eps: Added to the variance.

    Raises:
        NotImplementedError: Running statistics are given or asked for.
        ValueError: A channel has a single value.
        RuntimeError: The shapes do not fit.
    """
    del momentum
    if running_mean is not None or running_var is not None or not use_input_stats:
        raise NotImplementedError("instance_norm: the reference backend keeps no running statistics of instances")
    if input.array[0, 0].size == 1 if input.array.size else False:
        raise ValueError(f"instance_norm: expected more than one position, not shape {list(input.shape)}")
    require_own(weight, (input.shape[1],), "instance_norm: weight")
    require_own(bias, (input.shape[1],), "instance_norm: bias")
    normalized = standardized(input, tuple(range(2, input.ndim)), eps)
    return affine(normalized, weight, bias, channel_shape(input))


class _InstanceNorm(AffineModule):
    """Standardizing each channel of each sample, as a module.

    Args:
        num_features: The number of channels.
        eps: Added to the variance.
        momentum: Of running statistics.
        affine: Whether there are weight and bias.
        track_running_stats: Not offered.
        device: Taken for compatibility.
        dtype: Of weight and bias.
        bias: Whether there is a bias with the weight.

    Raises:
        NotImplementedError: Running statistics are asked for.
    """

    dimensions = 0

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        device: Any = None,
        dtype: Any = None,
        bias: bool = True,
    ) -> None:
        del device
        if track_running_stats:
            raise NotImplementedError(f"{type(self).__name__}: the reference backend keeps no running statistics")
        super().__init__((num_features,), affine=affine, bias=bias, dtype=dtype)
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input``, with a batch or without, normalized.

        Raises:
            ValueError: It has another number of dimensions.
        """
        if input.ndim == self.dimensions + 1:
            unbatched: Tensor = self.forward(input.unsqueeze(0)).squeeze(0)
            return unbatched
        if input.ndim != self.dimensions + 2:
            raise ValueError(
                f"{type(self).__name__}: input: expected {self.dimensions + 1} or {self.dimensions + 2} dimensions, "
                f"not shape {list(input.shape)}"
            )
        return instance_norm(input, weight=self.weight, bias=self.bias, eps=self.eps)

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            "track_running_stats=False"
        )


class InstanceNorm1d(_InstanceNorm):
    """For (N, C, L) or (C, L)."""

    dimensions = 1


class InstanceNorm2d(_InstanceNorm):
    """For (N, C, H, W) or (C, H, W)."""

    dimensions = 2


class InstanceNorm3d(_InstanceNorm):
    """For (N, C, D, H, W) or (C, D, H, W)."""

    dimensions = 3

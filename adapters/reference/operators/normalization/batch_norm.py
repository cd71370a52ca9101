"""batch_norm: standardizing each channel over a batch, or by running statistics."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from adapters.reference.autograd.mode import no_grad
from adapters.reference.creation import ones, tensor, zeros
from adapters.reference.dtype import int64
from adapters.reference.operators.normalization._shared import (
    AffineModule,
    affine,
    channel_shape,
    require_own,
    standardized,
)
from adapters.reference.tensor import Tensor

__all__ = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "batch_norm"]


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Return each channel of ``input`` standardized, scaled and shifted.

    Args:
        input: Of shape (N, C, *).
        running_mean: Of shape (C); moved towards the batch's in training, taken for it otherwise.
        running_var: Likewise for the variance, of which the unbiased one enters.
        weight: Factors, of shape (C).
        bias: Summands, of shape (C).
        training: Whether the batch's own statistics are taken.
        momentum: How far the running statistics move.
        eps: Added to the variance.

    Raises:
        ValueError: In training, a channel has a single value.
        RuntimeError: The shapes do not fit, or there are no statistics to go by.
    """
    channels = (input.shape[1],)
    for name, own in (("running_mean", running_mean), ("running_var", running_var), ("weight", weight), ("bias", bias)):
        require_own(own, channels, f"batch_norm: {name}")
    shape = channel_shape(input)
    if training:
        if prod(input.shape) == prod(channels):
            raise ValueError(
                f"batch_norm: expected more than 1 value per channel in training, not shape {list(input.shape)}"
            )
        axes = (0, *range(2, input.ndim))
        _track(input, running_mean, running_var, axes, momentum)
        return affine(standardized(input, axes, eps), weight, bias, shape)
    if running_mean is None or running_var is None:
        raise RuntimeError("batch_norm: expected running_mean and running_var where training is False, not None")
    centred = input - running_mean.detach().view(*shape)
    return affine(centred / (running_var.detach().view(*shape) + eps).sqrt(), weight, bias, shape)


def _track(input: Tensor, mean: Tensor | None, variance: Tensor | None, axes: tuple[int, ...], momentum: float) -> None:
    """Move running statistics towards those of ``input``."""
    x = input.array
    count = prod(x.shape[axis] for axis in axes)
    with no_grad(), np.errstate(all="ignore"):
        if mean is not None:
            mean.array[...] = (1 - momentum) * mean.array + momentum * x.mean(axis=axes)
            mean.counter.value += 1
        if variance is not None:
            unbiased = x.var(axis=axes) * (count / (count - 1))
            variance.array[...] = (1 - momentum) * variance.array + momentum * unbiased
            variance.counter.value += 1


class _BatchNorm(AffineModule):
    """Standardizing each channel over a batch, as a module that keeps running statistics.

    Args:
        num_features: The number of channels.
        eps: Added to the variance.
        momentum: How far the running statistics move; None for their simple average.
        affine: Whether there is a weight.
        track_running_stats: Whether running statistics are kept; without, the batch's are always taken.
        device: Taken for compatibility.
        dtype: Of parameters and statistics.
        bias: Whether there is a bias with the weight.
    """

    dimensions: tuple[int, ...] = ()
    running_mean: Tensor | None
    running_var: Tensor | None

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: Any = None,
        bias: bool = True,
    ) -> None:
        del device
        super().__init__((num_features,), affine=affine, bias=bias, dtype=dtype)
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        tracked = track_running_stats
        self.register_buffer("running_mean", zeros(num_features, dtype=dtype) if tracked else None)
        self.register_buffer("running_var", ones(num_features, dtype=dtype) if tracked else None)
        self.register_buffer("num_batches_tracked", tensor(0, dtype=int64) if tracked else None)

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input`` normalized; in training, move the running statistics.

        Raises:
            ValueError: It has another number of dimensions.
        """
        if input.ndim not in self.dimensions:
            expected = " or ".join(str(number) for number in self.dimensions)
            raise ValueError(f"{type(self).__name__}: input: expected {expected} dimensions, not {list(input.shape)}")
        momentum = 0.0 if self.momentum is None else self.momentum
        if self.training and self.track_running_stats:
            self.num_batches_tracked.array[...] += 1
            if self.momentum is None:
                momentum = 1.0 / float(self.num_batches_tracked.array)
        own = self.training or self.running_mean is None
        return batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias, own, momentum, self.eps)

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"track_running_stats={self.track_running_stats}"
        )


class BatchNorm1d(_BatchNorm):
    """For (N, C) or (N, C, L)."""

    dimensions = (2, 3)


class BatchNorm2d(_BatchNorm):
    """For (N, C, H, W)."""

    dimensions = (4,)


class BatchNorm3d(_BatchNorm):
    """For (N, C, D, H, W)."""

    dimensions = (5,)

"""Linear maps, convolutions, pooling, resizing, padding, normalization and attention, by torch's names and arguments.

An argument that a method does not list is one that MLX lacks. Where MLX has no function, its layer is called with the
arrays that are given as its parameters. Biases are added, as its convolution layers do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partialmethod
from math import sqrt

import mlx.core as mx
from mlx import nn

from adapters.contract import Native, Unsupported
from adapters.mlx.activations import Activations
from adapters.mlx.composed import resizing
from adapters.mlx.layout import channels_last, loaded, over_images, transposed_kernel, within
from adapters.translation import each

Sizes = int | Sequence[int]


class Operators(Activations):
    """``mlx.core``, ``mlx.core.fast`` and the layers of ``mlx.nn`` as functions."""

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        layer = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
        return loaded(layer, weight=weight, bias=bias)(input)

    def bilinear(self, input1: Native, input2: Native, weight: Native, bias: Native | None = None) -> Native:
        outward, first, second = weight.shape
        layer = nn.Bilinear(first, second, outward, bias=bias is not None)
        return loaded(layer, weight=mx.swapaxes(weight, 1, 2), bias=bias)(input1, input2)

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return mx.reshape(input, shape)

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        return mx.flatten(input, start_dim, end_dim)

    def unflatten(self, input: Native, dim: int, sizes: Sequence[int]) -> Native:
        return mx.unflatten(input, dim, sizes)

    def embedding(self, input: Native, weight: Native) -> Native:
        return loaded(nn.Embedding(*weight.shape), weight=weight)(within(input, weight.shape[0]))

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        modes = {"constant": "constant", "replicate": "edge", "reflect": "reflect"}
        if mode not in modes or not _pads(modes[mode]):
            raise Unsupported(f"pad: mode={mode!r}")
        if min(pad, default=0) < 0:
            raise Unsupported("pad: less than nothing")
        of_last_first = list(zip(pad[::2], pad[1::2], strict=True))
        widths = [(0, 0)] * (input.ndim - len(of_last_first)) + of_last_first[::-1]
        return mx.pad(input, widths, mode=modes[mode], constant_values=0.0 if value is None else value)

    def _convolution(
        self,
        dimensions: int,
        input: Native,
        weight: Native,
        bias: Native | None = None,
        stride: Sizes = 1,
        padding: str | Sizes = 0,
        dilation: Sizes = 1,
        groups: int = 1,
    ) -> Native:
        if isinstance(padding, str):
            raise Unsupported(f"conv{dimensions}d: padding={padding!r}")
        kernel = channels_last(weight)
        settings = [_sizes(size, dimensions) for size in (stride, padding, dilation)]
        function = getattr(mx, f"conv{dimensions}d")
        return over_images(lambda batch: _with(bias, function(batch, kernel, *settings, groups)), input, dimensions)

    conv1d = partialmethod(_convolution, 1)
    conv2d = partialmethod(_convolution, 2)
    conv3d = partialmethod(_convolution, 3)

    def _transposed_convolution(
        self,
        dimensions: int,
        input: Native,
        weight: Native,
        bias: Native | None = None,
        stride: Sizes = 1,
        padding: Sizes = 0,
        output_padding: Sizes = 0,
        groups: int = 1,
        dilation: Sizes = 1,
    ) -> Native:
        kernel = transposed_kernel(weight, groups)
        settings = [_sizes(size, dimensions) for size in (stride, padding, dilation, output_padding)]
        function = getattr(mx, f"conv_transpose{dimensions}d")
        return over_images(lambda batch: _with(bias, function(batch, kernel, *settings, groups)), input, dimensions)

    conv_transpose1d = partialmethod(_transposed_convolution, 1)
    conv_transpose2d = partialmethod(_transposed_convolution, 2)
    conv_transpose3d = partialmethod(_transposed_convolution, 3)

    def _pool(
        self,
        kind: str,
        input: Native,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
    ) -> Native:
        dimensions = int(kind[-2])
        settings = [
            each(size, dimensions) for size in (kernel_size, kernel_size if stride is None else stride, padding)
        ]
        return over_images(getattr(nn, kind)(*settings), input, dimensions)

    max_pool1d = partialmethod(_pool, "MaxPool1d")
    max_pool2d = partialmethod(_pool, "MaxPool2d")
    max_pool3d = partialmethod(_pool, "MaxPool3d")
    avg_pool1d = partialmethod(_pool, "AvgPool1d")
    avg_pool2d = partialmethod(_pool, "AvgPool2d")
    avg_pool3d = partialmethod(_pool, "AvgPool3d")

    def interpolate(
        self,
        input: Native,
        scale_factor: float | Sequence[float],
        mode: str = "nearest",
        *,
        align_corners: bool | None = None,
        antialias: bool = False,
    ) -> Native:
        return resizing(scale_factor, mode, align_corners, antialias=antialias)(input)

    def upsample(
        self,
        input: Native,
        scale_factor: float | Sequence[float],
        mode: str = "nearest",
        *,
        align_corners: bool | None = None,
    ) -> Native:
        return resizing(scale_factor, mode, align_corners)(input)

    def upsample_nearest(self, input: Native, scale_factor: float | Sequence[float]) -> Native:
        return resizing(scale_factor, "nearest")(input)

    def upsample_bilinear(self, input: Native, scale_factor: float | Sequence[float]) -> Native:
        return resizing(scale_factor, "bilinear", align_corners=True)(input)

    def batch_norm(
        self,
        input: Native,
        running_mean: Native | None,
        running_var: Native | None,
        weight: Native | None = None,
        bias: Native | None = None,
        *,
        training: bool = False,
        momentum: float = 0.1,
        eps: float = 1e-5,
    ) -> Native:
        if input.ndim > 4:
            raise Unsupported(f"batch_norm: an input of {input.ndim} dimensions")
        layer = nn.BatchNorm(
            input.shape[1], eps, momentum, _affine(weight, bias), track_running_stats=running_mean is not None
        ).train(training)
        loaded(layer, weight=weight, bias=bias, running_mean=running_mean, running_var=running_var)
        return over_images(layer, input, input.ndim - 2)

    def instance_norm(
        self,
        input: Native,
        *,
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        layer = nn.InstanceNorm(input.shape[1], eps, _affine(weight, bias))
        return over_images(loaded(layer, weight=weight, bias=bias), input, input.ndim - 2)

    def group_norm(
        self,
        input: Native,
        num_groups: int,
        *,
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        layer = nn.GroupNorm(num_groups, input.shape[1], eps, _affine(weight, bias), pytorch_compatible=True)
        return over_images(loaded(layer, weight=weight, bias=bias), input, input.ndim - 2)

    def layer_norm(
        self,
        input: Native,
        normalized_shape: Sequence[int],
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        return mx.fast.layer_norm(_of_last("layer_norm", input, normalized_shape), weight, bias, eps)

    def rms_norm(
        self, input: Native, normalized_shape: Sequence[int], weight: Native | None = None, eps: float | None = None
    ) -> Native:
        smallest = mx.finfo(input.dtype).eps if eps is None else eps  # torch's documented default
        return mx.fast.rms_norm(_of_last("rms_norm", input, normalized_shape), weight, smallest)

    def scaled_dot_product_attention(
        self,
        query: Native,
        key: Native,
        value: Native,
        attn_mask: Native | None = None,
        *,
        is_causal: bool = False,
        scale: float | None = None,
        enable_gqa: bool = False,
    ) -> Native:
        if query.ndim != 4:
            raise Unsupported(f"scaled_dot_product_attention: inputs of {query.ndim} dimensions")
        if is_causal and query.shape[-2] != key.shape[-2]:
            raise Unsupported("scaled_dot_product_attention: a causal mask aligned with the first key")
        if is_causal and attn_mask is not None:
            raise Unsupported("scaled_dot_product_attention: attn_mask= and is_causal= together")
        if not enable_gqa and query.shape[1] != key.shape[1]:
            raise Unsupported("scaled_dot_product_attention: keys of other leading dimensions than queries")
        return mx.fast.scaled_dot_product_attention(
            query,
            key,
            value,
            scale=1 / sqrt(query.shape[-1]) if scale is None else scale,
            mask="causal" if is_causal else attn_mask,
        )

    def dropout(self, input: Native, p: float = 0.5, *, training: bool = True) -> Native:
        return nn.Dropout(_below_one(p)).train(training)(input)

    def _dropout_of_channels(self, dimensions: int, input: Native, p: float = 0.5, *, training: bool = True) -> Native:
        layer = getattr(nn, f"Dropout{dimensions}d")(_below_one(p)).train(training)
        if input.ndim not in {dimensions + 1, dimensions + 2}:
            raise Unsupported(f"dropout{dimensions}d: an input of {input.ndim} dimensions")
        return over_images(layer, input, dimensions)

    dropout2d = partialmethod(_dropout_of_channels, 2)
    dropout3d = partialmethod(_dropout_of_channels, 3)


@cache
def _pads(mode: str) -> bool:
    try:
        mx.pad(mx.zeros(3), (1, 1), mode=mode)
    except ValueError:  # releases before 0.31 knew fewer modes
        return False
    return True


def _sizes(value: Sizes, count: int) -> int | tuple[int, ...]:
    sizes = each(value, count)
    return sizes[0] if count == 1 else sizes


def _with(bias: Native | None, output: Native) -> Native:
    return output if bias is None else output + bias


def _affine(weight: Native | None, bias: Native | None) -> bool:
    if (weight is None) != (bias is None):
        raise Unsupported("normalization with a weight and no bias, or with a bias and no weight")
    return weight is not None


def _of_last(name: str, input: Native, normalized_shape: Sequence[int]) -> Native:
    if len(normalized_shape) != 1:
        raise Unsupported(f"{name} over {len(normalized_shape)} dimensions")
    return input


def _below_one(p: float) -> float:
    if p == 1:
        raise Unsupported("dropout with p=1")
    return p

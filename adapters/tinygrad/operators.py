"""Linear maps, convolutions, pooling, resizing, padding, normalization and attention, by torch's names and arguments.

An argument that a method does not list is one that tinygrad lacks. Where ``Tensor`` has no method, the layer of
``tinygrad.nn`` is called with the arrays that are given as its parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod
from typing import Any

from tinygrad import Context, nn

from adapters.contract import Native
from adapters.tinygrad.activations import Activations
from adapters.tinygrad.layers import smallest_step
from adapters.translation import each, lacking

Sizes = int | Sequence[int]


class Operators(Activations):
    """The methods of ``tinygrad.Tensor`` and the layers of ``tinygrad.nn`` as functions."""

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        lacking("linear: a weight of one dimension", when=weight.ndim < 2)
        return input.linear(weight.transpose(), bias)

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return input.view(tuple(shape))

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        return input.flatten(start_dim, end_dim)

    def unflatten(self, input: Native, dim: int, sizes: Sequence[int]) -> Native:
        return input.unflatten(dim, tuple(sizes))

    def embedding(self, input: Native, weight: Native) -> Native:
        return _loaded(nn.Embedding(*weight.shape), weight=weight)(input)

    def one_hot(self, input: Native, num_classes: int = -1) -> Native:
        lacking("one_hot: num_classes=-1", when=num_classes == -1)
        return input.one_hot(num_classes)

    def normalize(self, input: Native, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Native:
        return input.normalize(p, dim, eps)

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        return input.pad(tuple(pad), mode, 0.0 if value is None else value)

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
        lacking(f"conv{dimensions}d: padding={padding!r}", when=isinstance(padding, str))
        _require_batch(f"conv{dimensions}d", input, dimensions)
        return input.conv2d(weight, bias, groups, stride, dilation, padding)

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
        _require_batch(f"conv_transpose{dimensions}d", input, dimensions)
        return input.conv_transpose2d(weight, bias, groups, stride, dilation, padding, output_padding)

    conv_transpose1d = partialmethod(_transposed_convolution, 1)
    conv_transpose2d = partialmethod(_transposed_convolution, 2)
    conv_transpose3d = partialmethod(_transposed_convolution, 3)

    def _max_pool(
        self,
        dimensions: int,
        input: Native,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
        dilation: Sizes = 1,
        *,
        ceil_mode: bool = False,
        return_indices: bool = False,
    ) -> Native:
        kernel, own_stride, own_padding, own_dilation = _window(dimensions, kernel_size, stride, padding, dilation)
        return input.max_pool2d(kernel, own_stride, own_dilation, own_padding, ceil_mode, return_indices)

    max_pool1d = partialmethod(_max_pool, 1)
    max_pool2d = partialmethod(_max_pool, 2)
    max_pool3d = partialmethod(_max_pool, 3)

    def _avg_pool(
        self,
        dimensions: int,
        input: Native,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
        *,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> Native:
        kernel, own_stride, own_padding = _window(dimensions, kernel_size, stride, padding)
        return input.avg_pool2d(kernel, own_stride, 1, own_padding, ceil_mode, count_include_pad)

    avg_pool1d = partialmethod(_avg_pool, 1)
    avg_pool2d = partialmethod(_avg_pool, 2)
    avg_pool3d = partialmethod(_avg_pool, 3)

    def _max_unpool(
        self,
        dimensions: int,
        input: Native,
        indices: Native,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
        output_size: Sequence[int] | None = None,
    ) -> Native:
        _require_batch(f"max_unpool{dimensions}d", input, dimensions)
        size = None if output_size is None else tuple(output_size)
        kernel, own_stride, own_padding = _window(dimensions, kernel_size, stride, padding)
        return input.max_unpool2d(indices, kernel, own_stride, 1, own_padding, size)

    max_unpool1d = partialmethod(_max_unpool, 1)
    max_unpool2d = partialmethod(_max_unpool, 2)
    max_unpool3d = partialmethod(_max_unpool, 3)

    def interpolate(
        self, input: Native, size: Sizes, mode: str = "nearest", *, align_corners: bool | None = None
    ) -> Native:
        dimensions = input.ndim - 2
        own = {"nearest": "nearest", "nearest-exact": "nearest-exact", _LINEAR.get(dimensions): "linear"}
        lacking(f"resizing: mode={mode!r} of {dimensions} spatial dimensions", when=mode not in own)
        return input.interpolate(each(size, dimensions), own[mode], bool(align_corners))

    upsample = interpolate

    def upsample_nearest(self, input: Native, size: Sizes) -> Native:
        return self.interpolate(input, size)

    def upsample_bilinear(self, input: Native, size: Sizes) -> Native:
        return self.interpolate(input, size, "bilinear", align_corners=True)

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
        tracked = running_mean is not None
        layer = nn.BatchNorm(input.shape[1], eps, track_running_stats=tracked, momentum=momentum)
        statistics = {"running_mean": running_mean, "running_var": running_var} if tracked else {}
        with Context(TRAINING=int(training)):
            return _loaded(layer, weight=weight, bias=bias, **statistics)(input)

    def instance_norm(
        self, input: Native, *, weight: Native | None = None, bias: Native | None = None, eps: float = 1e-5
    ) -> Native:
        _require_both_or_none(weight, bias)
        return _loaded(nn.InstanceNorm(input.shape[1], eps), weight=weight, bias=bias)(input)

    def group_norm(
        self,
        input: Native,
        num_groups: int,
        *,
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        _require_both_or_none(weight, bias)
        return _loaded(nn.GroupNorm(num_groups, input.shape[1], eps), weight=weight, bias=bias)(input)

    def layer_norm(
        self,
        input: Native,
        normalized_shape: Sequence[int],
        weight: Native | None = None,
        bias: Native | None = None,
        eps: float = 1e-5,
    ) -> Native:
        _require_both_or_none(weight, bias)
        return _loaded(nn.LayerNorm(tuple(normalized_shape), eps), weight=weight, bias=bias)(input)

    def rms_norm(
        self, input: Native, normalized_shape: Sequence[int], weight: Native | None = None, eps: float | None = None
    ) -> Native:
        lacking(f"rms_norm over {len(normalized_shape)} dimensions", when=len(normalized_shape) != 1)
        smallest = smallest_step(str(input.dtype)) if eps is None else eps  # torch's documented default
        return _loaded(nn.RMSNorm(normalized_shape[0], smallest), weight=weight)(input)

    def scaled_dot_product_attention(
        self,
        query: Native,
        key: Native,
        value: Native,
        attn_mask: Native | None = None,
        *,
        dropout_p: float = 0.0,
        is_causal: bool = False,
        enable_gqa: bool = False,
    ) -> Native:
        with Context(TRAINING=1):  # torch's function drops whatever mode its caller is in
            return query.scaled_dot_product_attention(key, value, attn_mask, dropout_p, is_causal, enable_gqa)

    def dropout(self, input: Native, p: float = 0.5, *, training: bool = True) -> Native:
        with Context(TRAINING=int(training)):
            return input.dropout(p)


_LINEAR = {1: "linear", 2: "bilinear", 3: "trilinear"}


def _loaded(layer: Any, **arrays: Native | None) -> Any:
    """Return ``layer`` with ``arrays`` as its parameters; one that is None is one that it does without."""
    for name, array in arrays.items():
        setattr(layer, name, array)
    return layer


def _window(dimensions: int, *sizes: Sizes | None) -> list[tuple[int, ...] | None]:
    return [None if size is None else each(size, dimensions) for size in sizes]


def _require_batch(name: str, input: Native, dimensions: int) -> None:
    lacking(f"{name} without a batch", when=input.ndim == dimensions + 1)


def _require_both_or_none(weight: Native | None, bias: Native | None) -> None:
    lacking("normalization with a weight and no bias, or the reverse", when=(weight is None) != (bias is None))

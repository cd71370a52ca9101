"""Operators by torch's names and arguments, each one or two of ``keras.ops``.

An argument that a method does not list is one that the functions lack. Channels are last, which Keras takes on every
device; TensorFlow's convolutions on a processor take nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod
from typing import Any

import keras
import numpy as np
from keras import ops

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.keras.layout import channels_first, channels_last, dtype_of, kernel_of, require_batch, words
from adapters.translation import each


class Operators(FunctionalBackend):
    """What ``keras.ops`` computes of several arrays, or of the neighbours in one."""

    _seeds: Any = np.random.default_rng(0)

    def seed(self, seed: int) -> None:
        """Start the numbers anew that random operators are seeded with."""
        self._seeds = np.random.default_rng(seed)

    def linear(self, input: Native, weight: Native, bias: Native | None = None) -> Native:
        product = ops.matmul(input, ops.transpose(weight))
        return product if bias is None else ops.add(product, bias)

    def view(self, input: Native, shape: Sequence[int]) -> Native:
        return ops.reshape(input, shape)

    def flatten(self, input: Native, start_dim: int = 0, end_dim: int = -1) -> Native:
        if (start_dim, end_dim) != (1, -1):
            raise Unsupported(f"flatten: start_dim={start_dim}, end_dim={end_dim}")
        return keras.layers.Flatten(dtype=dtype_of(input))(input)

    def embedding(self, input: Native, weight: Native) -> Native:
        return ops.take(weight, input, axis=0)

    def one_hot(self, tensor: Native, num_classes: int = -1) -> Native:
        if num_classes == -1:
            raise Unsupported("one_hot: a number of classes that is not given")
        return ops.one_hot(tensor, num_classes, dtype="int64")

    def pad(self, input: Native, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Native:
        of_last_first = list(zip(pad[::2], pad[1::2], strict=True))
        widths = [(0, 0)] * (len(input.shape) - len(of_last_first)) + of_last_first[::-1]
        if min(pad, default=0) < 0:
            raise Unsupported("pad: less than nothing")
        if mode == "constant":
            return ops.pad(input, widths, constant_values=0.0 if value is None else value)
        known = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}[mode]
        if known != "reflect" and keras.config.backend() == "tensorflow":
            raise Unsupported(f"pad: mode={mode!r} on TensorFlow")
        return ops.pad(input, widths, mode=known)

    def _convolution(
        self,
        dimensions: int,
        input: Native,
        weight: Native,
        bias: Native | None = None,
        stride: int | Sequence[int] = 1,
        padding: str | int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
        groups: int = 1,
    ) -> Native:
        require_batch(f"conv{dimensions}d", input, dimensions + 2)
        if groups != 1 and input.shape[1] != groups * weight.shape[1]:  # Keras takes them from the numbers of channels
            raise Unsupported(f"conv{dimensions}d: groups that do not follow from the numbers of channels")
        output = ops.conv(
            channels_last(input),
            kernel_of(weight),
            each(stride, dimensions),
            words(f"conv{dimensions}d", padding),
            dilation_rate=each(dilation, dimensions),
        )
        return channels_first(output if bias is None else ops.add(output, bias))

    conv1d = partialmethod(_convolution, 1)
    conv2d = partialmethod(_convolution, 2)
    conv3d = partialmethod(_convolution, 3)

    def _transposed_convolution(
        self,
        dimensions: int,
        input: Native,
        weight: Native,
        bias: Native | None = None,
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        output_padding: int | Sequence[int] = 0,
        *,
        dilation: int | Sequence[int] = 1,
    ) -> Native:
        require_batch(f"conv_transpose{dimensions}d", input, dimensions + 2)
        output = ops.conv_transpose(
            channels_last(input),
            kernel_of(weight),
            each(stride, dimensions),
            words(f"conv_transpose{dimensions}d", padding),
            each(output_padding, dimensions),
            dilation_rate=each(dilation, dimensions),
        )
        return channels_first(output if bias is None else ops.add(output, bias))

    conv_transpose1d = partialmethod(_transposed_convolution, 1)
    conv_transpose2d = partialmethod(_transposed_convolution, 2)
    conv_transpose3d = partialmethod(_transposed_convolution, 3)

    def _pool(
        self,
        kind: str,
        dimensions: int,
        input: Native,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
    ) -> Native:
        require_batch(f"{kind}_pool{dimensions}d", input, dimensions + 2)
        apart = kernel_size if stride is None else stride
        pool = ops.max_pool if kind == "max" else ops.average_pool
        valid = words(f"{kind}_pool{dimensions}d", padding)
        sizes = each(kernel_size, dimensions), each(apart, dimensions)
        return channels_first(pool(channels_last(input), *sizes, valid))

    max_pool1d = partialmethod(_pool, "max", 1)
    max_pool2d = partialmethod(_pool, "max", 2)
    max_pool3d = partialmethod(_pool, "max", 3)
    avg_pool1d = partialmethod(_pool, "avg", 1)
    avg_pool2d = partialmethod(_pool, "avg", 2)
    avg_pool3d = partialmethod(_pool, "avg", 3)

    def _adaptive(self, kind: str, dimensions: int, input: Native, output_size: int | Sequence[int | None]) -> Native:
        require_batch(f"adaptive_{kind}_pool{dimensions}d", input, dimensions + 2)
        pool = ops.adaptive_max_pool if kind == "max" else ops.adaptive_average_pool
        size = each(output_size, dimensions)
        if None in size:
            raise Unsupported(f"adaptive_{kind}_pool{dimensions}d: a size of None")
        return channels_first(pool(channels_last(input), size))

    adaptive_max_pool1d = partialmethod(_adaptive, "max", 1)
    adaptive_max_pool2d = partialmethod(_adaptive, "max", 2)
    adaptive_max_pool3d = partialmethod(_adaptive, "max", 3)
    adaptive_avg_pool1d = partialmethod(_adaptive, "avg", 1)
    adaptive_avg_pool2d = partialmethod(_adaptive, "avg", 2)
    adaptive_avg_pool3d = partialmethod(_adaptive, "avg", 3)

    def unfold(
        self,
        input: Native,
        kernel_size: int | Sequence[int],
        dilation: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        stride: int | Sequence[int] = 1,
    ) -> Native:
        require_batch("unfold", input, 4)
        return ops.unfold(input, each(kernel_size, 2), each(dilation, 2), each(padding, 2), each(stride, 2))

    def fold(
        self,
        input: Native,
        output_size: int | Sequence[int],
        kernel_size: int | Sequence[int],
        dilation: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        stride: int | Sequence[int] = 1,
    ) -> Native:
        require_batch("fold", input, 3)
        sizes = (each(one, 2) for one in (output_size, kernel_size, dilation, padding, stride))
        return ops.fold(input, *sizes)

    def pixel_shuffle(self, input: Native, upscale_factor: int) -> Native:
        require_batch("pixel_shuffle", input, 4)
        if upscale_factor < 2:
            raise Unsupported(f"pixel_shuffle: upscale_factor={upscale_factor}")
        return ops.depth_to_space(input, upscale_factor, "channels_first")

    def pixel_unshuffle(self, input: Native, downscale_factor: int) -> Native:
        require_batch("pixel_unshuffle", input, 4)
        if downscale_factor < 2:
            raise Unsupported(f"pixel_unshuffle: downscale_factor={downscale_factor}")
        return ops.space_to_depth(input, downscale_factor, "channels_first")

    def interpolate(
        self, input: Native, size: int | Sequence[int], mode: str = "nearest", *, antialias: bool = False
    ) -> Native:
        require_batch("interpolate", input, 4)
        if mode not in {"bilinear", "nearest-exact"}:  # its cubic kernel has -0.5 where torch's has -0.75
            raise Unsupported(f"interpolate: mode={mode!r}")
        method = "bilinear" if mode == "bilinear" else "nearest"  # of centres, as nearest-exact
        return channels_first(ops.image.resize(channels_last(input), each(size, 2), method, antialias))

    def scaled_dot_product_attention(
        self,
        query: Native,
        key: Native,
        value: Native,
        attn_mask: Native | None = None,
        *,
        is_causal: bool = False,
        scale: float | None = None,
    ) -> Native:
        require_batch("scaled_dot_product_attention", query, 4)
        if tuple(key.shape) != tuple(value.shape):
            raise Unsupported("scaled_dot_product_attention: values of another size than keys")
        selects = attn_mask is not None and dtype_of(attn_mask) == "bool"
        output = ops.dot_product_attention(  # its heads stand behind the sequence
            *(ops.swapaxes(one, 1, 2) for one in (query, key, value)),
            bias=None if selects else attn_mask,
            mask=attn_mask if selects else None,
            scale=scale,
            is_causal=is_causal,
        )
        return ops.swapaxes(output, 1, 2)

    def batch_norm(
        self,
        input: Native,
        running_mean: Native,
        running_var: Native,
        weight: Native | None = None,
        bias: Native | None = None,
        *,
        training: bool = False,
        momentum: float = 0.1,
        eps: float = 1e-5,
    ) -> Native:
        del momentum
        if training or running_mean is None or running_var is None:
            raise Unsupported("batch_norm by the batch's own statistics, but as a layer")
        return ops.batch_normalization(input, running_mean, running_var, 1, bias, weight, eps)

    def layer_norm(
        self,
        input: Native,
        normalized_shape: Sequence[int],
        weight: Native | None = None,
        bias: Native | None = None,
        *,
        eps: float = 1e-5,
    ) -> Native:
        return ops.layer_normalization(input, weight, bias, _last(input, normalized_shape), eps)

    def rms_norm(
        self, input: Native, normalized_shape: Sequence[int], weight: Native | None = None, *, eps: float | None = None
    ) -> Native:
        if eps is None:
            raise Unsupported("rms_norm: an eps that follows from the dtype")
        return ops.rms_normalization(input, weight, _last(input, normalized_shape), eps)

    def normalize(self, input: Native, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Native:
        if p not in {1, 2, 3, 4}:
            raise Unsupported(f"normalize: p={p}")
        return ops.normalize(input, dim, int(p), eps)

    def dropout(self, input: Native, p: float = 0.5, *, training: bool = True) -> Native:
        return self._dropped(keras.layers.Dropout, input, p, training=training)

    def _channels(self, dimensions: int, input: Native, p: float = 0.5, *, training: bool = True) -> Native:
        require_batch(f"dropout{dimensions}d", input, dimensions + 2)
        layer = getattr(keras.layers, f"SpatialDropout{dimensions}D")
        return channels_first(self._dropped(layer, channels_last(input), p, training=training))

    dropout1d = partialmethod(_channels, 1)
    dropout2d = partialmethod(_channels, 2)
    dropout3d = partialmethod(_channels, 3)

    def alpha_dropout(self, input: Native, p: float = 0.5, *, training: bool = False) -> Native:
        return self._dropped(keras.layers.AlphaDropout, input, p, training=training)

    def _dropped(self, layer: type, input: Native, p: float, *, training: bool) -> Native:
        return layer(p, seed=int(self._seeds.integers(2**31)), dtype=dtype_of(input))(input, training=training)


def _last(input: Native, shape: Sequence[int]) -> tuple[int, ...]:
    axes = range(len(input.shape) - len(shape), len(input.shape))
    if tuple(input.shape[axis] for axis in axes) != tuple(shape):
        raise Unsupported("a normalized_shape that is not that of the input's last dimensions")
    return tuple(axes)

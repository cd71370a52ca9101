"""Convolutions, pooling and folding: what moves a window over an image."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod
from math import prod

import numpy as np

from adapters.contract import Native, Unsupported
from adapters.onnx.base import OnnxBackend, batched, integers
from adapters.translation import each

Sizes = int | Sequence[int]

_AUTOMATIC = {"same": "SAME_UPPER", "valid": "VALID"}
"""torch's words for paddings; what is odd about "same" goes behind the image, as UPPER says."""


class Windows(OnnxBackend):
    """Operators with a kernel size, a stride and a padding. Images without a batch get one."""

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
        batch, alone = batched(input, dimensions + 1)
        output = self._run(
            "Conv",
            batch,
            weight,
            bias,
            strides=each(stride, dimensions),
            auto_pad=_AUTOMATIC.get(padding, padding) if isinstance(padding, str) else None,
            pads=None if isinstance(padding, str) else both_ends(padding, dimensions),
            dilations=each(dilation, dimensions),
            group=groups,
        )
        return output[0] if alone else output

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
        batch, alone = batched(input, dimensions + 1)
        output = self._run(
            "ConvTranspose",
            batch,
            weight,
            bias,
            strides=each(stride, dimensions),
            pads=both_ends(padding, dimensions),
            output_padding=each(output_padding, dimensions),
            dilations=each(dilation, dimensions),
            group=groups,
        )
        return output[0] if alone else output

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
        batch, alone = batched(input, dimensions + 1)
        output, *indices = self._several(
            "MaxPool",
            [batch],
            [batch.dtype, np.int64] if return_indices else [batch.dtype],
            kernel_shape=each(kernel_size, dimensions),
            strides=each(kernel_size if stride is None else stride, dimensions),
            pads=both_ends(padding, dimensions),
            dilations=each(dilation, dimensions),
            ceil_mode=ceil_mode,
        )
        # ONNX counts through the whole batch, torch within an image of one channel.
        plane = max(prod(input.shape[-dimensions:]), 1)
        found = (output, *(index % plane for index in indices))
        shaped = tuple(one[0] if alone else one for one in found)
        return shaped if return_indices else shaped[0]

    max_pool1d = partialmethod(_max_pool, 1)
    max_pool2d = partialmethod(_max_pool, 2)
    max_pool3d = partialmethod(_max_pool, 3)

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
        batch, alone = batched(input, dimensions + 1)
        kernel, steps = each(kernel_size, dimensions), each(kernel_size if stride is None else stride, dimensions)
        inner = each(padding, dimensions)
        if output_size is None:
            sizes = [
                (n - 1) * s - 2 * p + k
                for n, s, p, k in zip(input.shape[-dimensions:], steps, inner, kernel, strict=True)
            ]
        else:
            sizes = list(output_size)[-dimensions:]
        planes = np.arange(prod(batch.shape[:2])).reshape(*batch.shape[:2], *(1,) * dimensions)
        output = self._run(
            "MaxUnpool",
            batch,
            indices.reshape(batch.shape) + planes * prod(sizes),
            integers([*batch.shape[:2], *sizes]),
            kernel_shape=kernel,
            strides=steps,
            pads=both_ends(padding, dimensions),
        )
        return output[0] if alone else output

    max_unpool1d = partialmethod(_max_unpool, 1)
    max_unpool2d = partialmethod(_max_unpool, 2)
    max_unpool3d = partialmethod(_max_unpool, 3)

    def _average_pool(
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
        batch, alone = batched(input, dimensions + 1)
        output = self._run(
            "AveragePool",
            batch,
            kernel_shape=each(kernel_size, dimensions),
            strides=each(kernel_size if stride is None else stride, dimensions),
            pads=both_ends(padding, dimensions),
            ceil_mode=ceil_mode,
            count_include_pad=count_include_pad,
        )
        return output[0] if alone else output

    avg_pool1d = partialmethod(_average_pool, 1)
    avg_pool2d = partialmethod(_average_pool, 2)
    avg_pool3d = partialmethod(_average_pool, 3)

    def _power_pool(
        self,
        dimensions: int,
        input: Native,
        norm_type: float,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        *,
        ceil_mode: bool = False,
    ) -> Native:
        if norm_type != norm_type // 1:
            raise Unsupported(f"lp_pool{dimensions}d: norm_type={norm_type}, since p is a whole number")
        batch, alone = batched(input, dimensions + 1)
        output = self._run(
            "LpPool",
            batch,
            p=norm_type,
            kernel_shape=each(kernel_size, dimensions),
            strides=each(kernel_size if stride is None else stride, dimensions),
            ceil_mode=ceil_mode,
        )
        return output[0] if alone else output

    lp_pool1d = partialmethod(_power_pool, 1)
    lp_pool2d = partialmethod(_power_pool, 2)
    lp_pool3d = partialmethod(_power_pool, 3)

    def _global_pool(self, operator: str, dimensions: int, input: Native, output_size: Sizes) -> Native:
        if each(output_size, dimensions) != (1,) * dimensions:
            raise Unsupported(f"adaptive pooling to another size than 1: output_size={output_size}")
        batch, alone = batched(input, dimensions + 1)
        output = self._run(operator, batch)
        return output[0] if alone else output

    adaptive_avg_pool1d = partialmethod(_global_pool, "GlobalAveragePool", 1)
    adaptive_avg_pool2d = partialmethod(_global_pool, "GlobalAveragePool", 2)
    adaptive_avg_pool3d = partialmethod(_global_pool, "GlobalAveragePool", 3)
    adaptive_max_pool1d = partialmethod(_global_pool, "GlobalMaxPool", 1)
    adaptive_max_pool2d = partialmethod(_global_pool, "GlobalMaxPool", 2)
    adaptive_max_pool3d = partialmethod(_global_pool, "GlobalMaxPool", 3)

    def fold(
        self,
        input: Native,
        output_size: Sizes,
        kernel_size: Sizes,
        dilation: Sizes = 1,
        padding: Sizes = 0,
        stride: Sizes = 1,
    ) -> Native:
        batch, alone = batched(input, 2)
        output = self._run(
            "Col2Im",
            batch,
            integers(each(output_size, 2)),
            integers(each(kernel_size, 2)),
            dilations=each(dilation, 2),
            pads=both_ends(padding, 2),
            strides=each(stride, 2),
        )
        return output[0] if alone else output


def both_ends(padding: Sizes, dimensions: int) -> tuple[int, ...]:
    """Return torch's symmetric padding as ONNX has it: what goes before every dimension, then what goes after."""
    return each(padding, dimensions) * 2

"""Operators of windows: convolutions, patches and the largest of each window, functions of ``jax.lax``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partialmethod

import jax.numpy as jnp
from jax import lax

from adapters.contract import Native
from adapters.functional import FunctionalBackend
from adapters.jax.operators._shared import with_bias
from adapters.translation import both_sides, each, lacking


class Windows(FunctionalBackend):
    """Layouts as torch has them, channels before places; JAX takes any."""

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
        batch = input if input.ndim == dimensions + 2 else input[None]
        output = lax.conv_general_dilated(
            batch,
            weight,
            each(stride, dimensions),
            padding.upper() if isinstance(padding, str) else both_sides(padding, dimensions),
            rhs_dilation=each(dilation, dimensions),
            feature_group_count=groups,
        )
        return with_bias(output if batch is input else output[0], bias, dimensions)

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
        batch = input if input.ndim == dimensions + 2 else input[None]
        apart, inner = each(dilation, dimensions), each(padding, dimensions)
        # JAX counts the padding of the convolution that does the work, torch that of the convolution it transposes.
        outer = [a * (k - 1) - p for a, k, p in zip(apart, weight.shape[2:], inner, strict=True)]
        layout = "DHW"[-dimensions:]
        output = lax.conv_transpose(
            batch,
            weight,
            each(stride, dimensions),
            [(p, p + more) for p, more in zip(outer, each(output_padding, dimensions), strict=True)],
            rhs_dilation=apart,
            dimension_numbers=(f"NC{layout}", f"OI{layout}", f"NC{layout}"),
            transpose_kernel=True,
        )
        return with_bias(output if batch is input else output[0], bias, dimensions)

    conv_transpose1d = partialmethod(_transposed_convolution, 1)
    conv_transpose2d = partialmethod(_transposed_convolution, 2)
    conv_transpose3d = partialmethod(_transposed_convolution, 3)

    def unfold(
        self,
        input: Native,
        kernel_size: int | Sequence[int],
        dilation: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        stride: int | Sequence[int] = 1,
    ) -> Native:
        batch = input if input.ndim == 4 else input[None]
        patches = lax.conv_general_dilated_patches(
            batch, each(kernel_size, 2), each(stride, 2), both_sides(padding, 2), rhs_dilation=each(dilation, 2)
        )
        columns = lax.collapse(patches, 2)
        return columns if batch is input else columns[0]

    def _max_pool(
        self,
        dimensions: int,
        input: Native,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
        dilation: int | Sequence[int] = 1,
        *,
        ceil_mode: bool = False,
    ) -> Native:
        outer = input.ndim - dimensions
        lacking(f"max_pool{dimensions}d: an input of {input.ndim} dimensions", when=outer not in {1, 2})
        kernel, apart = each(kernel_size, dimensions), each(dilation, dimensions)
        steps = kernel if stride is None else each(stride, dimensions)
        sides = both_sides(padding, dimensions)
        if ceil_mode:  # as much more padding behind as the last window needs
            spans = [a * (k - 1) + 1 for a, k in zip(apart, kernel, strict=True)]
            sides = list(map(_rounded_up, input.shape[outer:], spans, steps, sides))
        return lax.reduce_window(
            input,
            -jnp.inf,
            lax.max,
            (1,) * outer + kernel,
            (1,) * outer + steps,
            [(0, 0)] * outer + sides,
            window_dilation=(1,) * outer + apart,
        )

    max_pool1d = partialmethod(_max_pool, 1)
    max_pool2d = partialmethod(_max_pool, 2)
    max_pool3d = partialmethod(_max_pool, 3)


def _rounded_up(length: int, span: int, step: int, sides: tuple[int, int]) -> tuple[int, int]:
    """Return the padding of one dimension with which the number of windows is rounded up, as torch documents it."""
    before, after = sides
    last = -(-(before + length + after - span) // step) * step  # where the last window begins
    if last >= before + length:  # in the padding behind, which does not count
        last -= step
    return before, max(after, last + span - before - length)

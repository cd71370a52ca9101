"""Pooling of nnx under torch's names: its windows have neither dilation nor ceil_mode, and channels come last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partialmethod
from typing import Any

import jax.numpy as jnp
from flax import nnx

from adapters.contract import Native
from adapters.translation import both_sides, each


class Pooling:
    """``nnx.max_pool`` and ``nnx.avg_pool``."""

    def _max_pooled(
        self,
        dimensions: int,
        input: Native,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
    ) -> Native:
        return _pooled(nnx.max_pool, dimensions, input, kernel_size, stride, padding)

    def _avg_pooled(
        self,
        dimensions: int,
        input: Native,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] | None = None,
        padding: int | Sequence[int] = 0,
        *,
        count_include_pad: bool = True,
    ) -> Native:
        return _pooled(
            nnx.avg_pool, dimensions, input, kernel_size, stride, padding, count_include_pad=count_include_pad
        )

    max_pool1d = partialmethod(_max_pooled, 1)
    max_pool2d = partialmethod(_max_pooled, 2)
    max_pool3d = partialmethod(_max_pooled, 3)
    avg_pool1d = partialmethod(_avg_pooled, 1)
    avg_pool2d = partialmethod(_avg_pooled, 2)
    avg_pool3d = partialmethod(_avg_pooled, 3)


def _pooled(
    function: Callable[..., Native],
    dimensions: int,
    input: Native,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None,
    padding: int | Sequence[int],
    **options: Any,
) -> Native:
    output = function(
        jnp.moveaxis(input, -dimensions - 1, -1),
        each(kernel_size, dimensions),
        each(kernel_size if stride is None else stride, dimensions),
        both_sides(padding, dimensions),
        **options,
    )
    return jnp.moveaxis(output, -1, -dimensions - 1)

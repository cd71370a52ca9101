"""Layouts and parameters: torch's channels come second, MLX's last."""

from __future__ import annotations

from collections.abc import Callable

import mlx.core as mx

from adapters.contract import Native, Unsupported


def channels_last(array: Native, axis: int = 1) -> Native:
    """Return ``array`` with ``axis``, which torch has the channels in, as its last."""
    return mx.moveaxis(array, axis, -1)


def channels_first(array: Native, axis: int = 1) -> Native:
    """Return ``array`` with its last axis as ``axis``."""
    return mx.moveaxis(array, -1, axis)


def over_images(function: Callable[[Native], Native], input: Native, dimensions: int) -> Native:
    """Return ``function``, which takes (N, ..., C), of torch's (N, C, ...) or (C, ...), laid out as ``input`` is."""
    if input.ndim == dimensions + 1:
        return channels_first(function(channels_last(input, 0)[None])[0], 0)
    return channels_first(function(channels_last(input)))


def transposed_kernel(weight: Native, groups: int) -> Native:
    """Return torch's (C_in, C_out / groups, ...) as MLX's (C_out, ..., C_in / groups)."""
    inward, each, *kernel = weight.shape
    apart = weight.reshape(groups, inward // groups, each, *kernel)
    return channels_last(mx.swapaxes(apart, 1, 2).reshape(groups * each, inward // groups, *kernel))


def loaded(module: Native, **arrays: Native | None) -> Native:
    """Return ``module`` with ``arrays`` as its parameters; one that is None is one that it does without."""
    for name, array in arrays.items():
        if array is not None:
            setattr(module, name, array)
    return module


def within(indices: Native, size: int) -> Native:
    """Return ``indices``.

    Raises:
        Unsupported: One is out of bounds, which MLX documents as undefined, and which spoils memory.
    """
    if mx.issubdtype(indices.dtype, mx.integer) and mx.any((indices < -size) | (indices >= size)).item():
        raise Unsupported("indices out of bounds")
    return indices

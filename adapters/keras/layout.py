"""How Keras lays out what torch lays out otherwise: channels last, kernels turned round, padding in words."""

from __future__ import annotations

from collections.abc import Sequence

import keras
from keras import ops

from adapters.contract import Native, Unsupported
from adapters.translation import each


def channels_last(native: Native) -> Native:
    """Return torch's (N, C, ...) as (N, ..., C)."""
    return ops.moveaxis(native, 1, -1)


def channels_first(native: Native) -> Native:
    """Return Keras's (N, ..., C) as (N, C, ...)."""
    return ops.moveaxis(native, -1, 1)


def kernel_of(weight: Native) -> Native:
    """Return torch's weight, (out, in, ...) or transposed (in, out, ...), as Keras's kernel, (..., in, out)."""
    return ops.transpose(weight, (*range(2, len(weight.shape)), 1, 0))


def weight_of(kernel: Native) -> Native:
    """Return Keras's kernel as torch's weight, the other way round."""
    last = len(kernel.shape) - 1
    return ops.transpose(kernel, (last, last - 1, *range(last - 1)))


def words(owner: str, padding: str | int | Sequence[int]) -> str:
    """Return torch's padding in the words that Keras has for it: valid or same."""
    if isinstance(padding, str):
        return padding
    if any(each(padding, 1)):
        raise Unsupported(f"{owner}: padding by numbers")
    return "valid"


def require_batch(owner: str, input: Native, dimensions: int) -> None:
    """Raise unless ``input`` is a batch, which has as many ``dimensions``."""
    if len(input.shape) != dimensions:
        raise Unsupported(f"{owner}: an input of {len(input.shape)} dimensions")


def dtype_of(native: Native) -> str:
    """Return the name of a tensor's dtype."""
    return str(keras.backend.standardize_dtype(native.dtype))

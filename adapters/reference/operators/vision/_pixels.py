"""Channels turned into pixels and back."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor


def shuffled(x: Array, factor: int) -> Array:
    """Return (*, C r r, H, W) as (*, C, H r, W r): a channel's r r parts are the rows of r x r pixels."""
    *leading, channels, height, width = x.shape
    result = np.empty((*leading, channels // factor**2, height * factor, width * factor), dtype=x.dtype)
    for row in range(factor):
        for column in range(factor):
            part = row * factor + column
            result[..., row::factor, column::factor] = x[..., part :: factor**2, :, :]
    return result


def unshuffled(x: Array, factor: int) -> Array:
    """Return (*, C, H r, W r) as (*, C r r, H, W): the reverse of :func:`shuffled`."""
    *leading, channels, height, width = x.shape
    result = np.empty((*leading, channels * factor**2, height // factor, width // factor), dtype=x.dtype)
    for row in range(factor):
        for column in range(factor):
            part = row * factor + column
            result[..., part :: factor**2, :, :] = x[..., row::factor, column::factor]
    return result


def require_factor(name: str, input: Any, factor: Any, option: str) -> None:
    """Refuse what is no image, and a factor that is no positive int.

    Raises:
        TypeError: ``input`` is no tensor, or the factor no int.
        RuntimeError: There are fewer than three dimensions, or the factor is not positive.
    """
    require_tensor(input, f"{name}: input")
    if input.ndim < 3:
        raise RuntimeError(f"{name}: input: expected at least 3 dimensions, not shape {tuple(input.shape)}")
    if isinstance(factor, bool) or not isinstance(factor, (int, np.integer)):
        raise TypeError(f"{name}: {option}: expected an int, not {factor!r}")
    if factor < 1:
        raise RuntimeError(f"{name}: {option}: expected a factor of 1 or more, not {factor}")

"""Windows over any number of spatial dimensions: their options, how they lie, and the elements that they read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from adapters.reference.dtype import BOOLEAN, Array
from adapters.reference.operators.pooling._shared import Window
from adapters.reference.tensor import Tensor

Spatial = tuple[Window, ...]
"""One window a spatial dimension."""


def numbers(value: Any, dimensions: int, what: str) -> tuple[int, ...]:
    """Return an option that is an int, or a sequence of one or ``dimensions`` ints, as ``dimensions`` ints.

    Raises:
        TypeError: An entry is not an int.
        RuntimeError: There are neither one nor ``dimensions`` entries.
    """
    entries = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    for entry in entries:
        if isinstance(entry, bool) or not isinstance(entry, (int, np.integer)):
            raise TypeError(f"{what}: expected an int or a tuple of {dimensions} ints, not {value!r}")
    if len(entries) not in (1, dimensions):
        raise RuntimeError(f"{what}: expected a single int or a tuple of {dimensions} ints, not {value!r}")
    return tuple(int(entry) for entry in entries) * (dimensions if len(entries) == 1 else 1)


def windows_of(name: str, n: int, kernel_size: Any, stride: Any, padding: Any, dilation: Any = 1) -> Spatial:
    """Return the windows that the options of the operator ``name`` mean, after checking them."""
    kernel = numbers(kernel_size, n, f"{name}: kernel_size")
    given = stride is not None and not (isinstance(stride, (tuple, list)) and not stride)
    strides = numbers(stride, n, f"{name}: stride") if given else kernel
    paddings, dilations = numbers(padding, n, f"{name}: padding"), numbers(dilation, n, f"{name}: dilation")
    for option, values in (("kernel_size", kernel), ("stride", strides), ("dilation", dilations)):
        if min(values) < 1:
            raise RuntimeError(f"{name}: {option}: expected 1 or more, greater than zero, not {values}")
    for size, width in zip(kernel, paddings, strict=True):
        if not 0 <= width <= size // 2:
            raise RuntimeError(
                f"{name}: padding: expected non-negative ints of at most half of kernel_size {kernel}, not {padding!r}"
            )
    return tuple(Window(*options) for options in zip(kernel, strides, paddings, dilations, strict=True))


def counts_of(name: str, input: Tensor, windows: Spatial, *, ceil_mode: bool) -> tuple[int, ...]:
    """Return how many windows there are along each dimension, after checking that there are any."""
    n, shape = len(windows), input.array.shape
    if len(shape) not in (n + 1, n + 2) or 0 in shape[-n - 1 :]:
        raise RuntimeError(
            f"{name}: input: expected {n + 1} (unbatched) or {n + 2} dimensions, none but the batch empty, "
            f"not shape {shape}"
        )
    if input.dtype.category == BOOLEAN:
        raise RuntimeError(f"{name}: input: expected numbers, not torch.bool")
    counts = tuple(
        window.output(length, ceil_mode=ceil_mode) for window, length in zip(windows, shape[-n:], strict=True)
    )
    if min(counts) < 1:
        raise RuntimeError(f"{name}: input of shape {shape} would give an output of size {counts}: it is too small")
    return counts


def framed(x: Array, windows: Spatial, counts: tuple[int, ...], fill: Any) -> Array:
    """Return ``x`` inside all places that the windows read, those beyond its ends filled; ``x`` itself without any."""
    n = len(windows)
    needed = [
        max(window.reach(count), length + window.padding)
        for window, count, length in zip(windows, counts, x.shape[-n:], strict=True)
    ]
    if tuple(needed) == x.shape[-n:]:
        return x
    frame = np.full((*x.shape[:-n], *needed), fill, dtype=x.dtype)
    unframed(frame, windows, x.shape)[...] = x
    return frame


def unframed(frame: Array, windows: Spatial, shape: tuple[int, ...]) -> Array:
    """Return the part of a frame that an array of ``shape`` has there: a view."""
    n = len(windows)
    inner = (slice(window.padding, window.padding + size) for window, size in zip(windows, shape[-n:], strict=True))
    key: tuple[Any, ...] = (..., *inner)
    part: Array = frame[key]
    return part


def elements(frame: Array, windows: Spatial, counts: tuple[int, ...]) -> Iterator[Array]:
    """Yield, for each element of a window in reading order, that element of all windows: views of ``frame``."""
    for places in product(*(window.places(count) for window, count in zip(windows, counts, strict=True))):
        key: tuple[Any, ...] = (..., *places)
        yield frame[key]

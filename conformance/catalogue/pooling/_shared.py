"""Pooling windows over any number of spatial dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from conformance.catalogue.convolution._shared import Lengths, each, windows
from conformance.oracle import positions
from conformance.oracle.movement import OUTSIDE, Positions


def lengths_of(given: Lengths, dimensions: int) -> tuple[int, ...]:
    """Return one length for each dimension: a number, or a tuple of a single one, counts for all."""
    return each(given[0] if isinstance(given, tuple) and len(given) == 1 else given, dimensions)


def pooled_lengths(
    lengths: Sequence[int],
    kernel: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    *,
    ceil_mode: bool,
) -> tuple[int, ...]:
    """Return the number of windows in each spatial dimension.

    It is floor((length + 2 padding - dilation (kernel - 1) - 1) / stride + 1); with ``ceil_mode`` the ceiling, less the
    last window where that would start in the padding at the end.
    """
    result = []
    for length, k, s, p, d in zip(lengths, kernel, stride, padding, dilation, strict=True):
        span = length + 2 * p - d * (k - 1) - 1
        count = (-(-span // s) if ceil_mode else span // s) + 1
        result.append(count - 1 if ceil_mode and (count - 1) * s >= length + p else count)
    return tuple(result)


def pooled_positions(
    shape: Sequence[int],
    kernel: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    *,
    ceil_mode: bool,
) -> Positions:
    """Return where in an array of ``shape`` the elements of each window are; OUTSIDE where there is padding.

    Shapes: the array (*leading, *lengths), the result (*leading, *pooled lengths, elements of a window).
    """
    n = len(kernel)
    leading, lengths = shape[:-n], shape[-n:]
    counts = pooled_lengths(lengths, kernel, stride, padding, dilation, ceil_mode=ceil_mode)
    reach = [(c - 1) * s + d * (k - 1) + 1 for c, s, k, d in zip(counts, stride, kernel, dilation, strict=True)]
    widths = [(p, max(0, r - length - p)) for p, r, length in zip(padding, reach, lengths, strict=True)]
    source = np.pad(positions((1, prod(leading), *lengths)), [(0, 0), (0, 0), *widths], constant_values=OUTSIDE)
    seen = windows(source, kernel, stride, dilation)
    chosen = seen[(slice(None), slice(None), *(slice(0, c) for c in counts))]
    return np.asarray(chosen.reshape(*leading, *counts, prod(kernel)))

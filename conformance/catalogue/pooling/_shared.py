"""Pooling windows over any number of spatial dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from conformance.catalogue.convolution._shared import Lengths, each, windows
from conformance.oracle import Bounded, gather, positions, reshape
from conformance.oracle.movement import OUTSIDE


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


def pooling_windows(
    input: Bounded,
    kernel_size: Lengths,
    stride: Lengths | None,
    padding: Lengths,
    dilation: Lengths,
    dimensions: int,
    *,
    ceil_mode: bool,
    fill: float,
) -> Bounded:
    """Return what each window sees, ``fill`` where it sees padding.

    Shapes: input (*leading, *lengths), output (*leading, *pooled lengths, elements of a window).
    """
    n = dimensions
    kernel, padding_, dilation_ = each(kernel_size, n), each(padding, n), each(dilation, n)
    step = kernel if stride is None else each(stride, n)
    leading, lengths = input.shape[:-n], input.shape[-n:]
    counts = pooled_lengths(lengths, kernel, step, padding_, dilation_, ceil_mode=ceil_mode)
    reach = [(c - 1) * s + d * (k - 1) + 1 for c, s, k, d in zip(counts, step, kernel, dilation_, strict=True)]
    widths = [(p, max(0, r - length - p)) for p, r, length in zip(padding_, reach, lengths, strict=True)]
    source = np.pad(positions((1, prod(leading), *lengths)), [(0, 0), (0, 0), *widths], constant_values=OUTSIDE)
    seen = windows(source, kernel, step, dilation_)
    chosen = seen[(slice(None), slice(None), *(slice(0, c) for c in counts))]
    flat = chosen.reshape(*leading, *counts, prod(kernel))
    return gather(reshape(input, (input.size,)), flat, fill)

"""Convolution over any number of spatial dimensions, and the padding and output sizes that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from conformance.oracle import Bounded, Contraction, broadcast_to, positions, rearrange, reshape
from conformance.oracle.movement import OUTSIDE, Positions

Lengths = int | tuple[int, ...]
Padding = Lengths | Literal["same", "valid"]

_NUMPY_MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def each(lengths: Lengths, dimensions: int) -> tuple[int, ...]:
    """Return one length for each spatial dimension: a single number counts for all."""
    return (lengths,) * dimensions if isinstance(lengths, int) else lengths


def pads(
    padding: Padding, kernel: Sequence[int], dilation: Sequence[int], extra: Literal["before", "after"] = "after"
) -> list[tuple[int, int]]:
    """Return what is padded before and after each spatial dimension.

    ``'same'`` pads by dilation * (kernel - 1) in all; the odd one of an uneven sum goes to the side ``extra``.
    """
    if padding == "valid":
        return [(0, 0)] * len(kernel)
    if padding == "same":
        sums = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
        return [(s // 2, s - s // 2) if extra == "after" else (s - s // 2, s // 2) for s in sums]
    return [(length, length) for length in each(padding, len(kernel))]


def output_lengths(
    lengths: Sequence[int],
    kernel: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[tuple[int, int]],
    dilation: Sequence[int],
) -> tuple[int, ...]:
    """Return floor((length + padding - dilation * (kernel - 1) - 1) / stride + 1) for each spatial dimension."""
    return tuple(
        (length + sum(pad) - d * (k - 1) - 1) // s + 1
        for length, k, s, pad, d in zip(lengths, kernel, stride, padding, dilation, strict=True)
    )


def windows(source: Positions, kernel: Sequence[int], stride: Sequence[int], dilation: Sequence[int]) -> Positions:
    """Return the windows that a kernel sees of ``source``, padded already.

    Shapes: source (batch, channels, *lengths); windows (batch, channels, *output lengths, *kernel).
    """
    n = len(kernel)
    reach = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    seen = sliding_window_view(source, reach, axis=tuple(range(2, 2 + n)))
    steps = (
        slice(None),
        slice(None),
        *(slice(None, None, s) for s in stride),
        *(slice(None, None, d) for d in dilation),
    )
    return seen[steps]


def padded(source: Positions, widths: Sequence[tuple[int, int]], mode: str = "zeros") -> Positions:
    """Return positions (batch, channels, *lengths) with spatial padding, OUTSIDE or as the padding mode has it."""
    all_widths = [(0, 0), (0, 0), *widths]
    if mode == "zeros":
        return np.pad(source, all_widths, constant_values=OUTSIDE)
    return np.pad(source, all_widths, mode=_NUMPY_MODES[mode])  # type: ignore[call-overload, no-any-return]


def convolution(
    input: Bounded,
    weight: Bounded,
    bias: Bounded | None,
    stride: Lengths,
    padding: Padding,
    dilation: Lengths,
    groups: int,
    padding_mode: str = "zeros",
    extra: Literal["before", "after"] = "after",
) -> Bounded:
    """Return the cross-correlation of ``input`` with ``weight``, plus ``bias``.

    Shapes: input (batch, channels, *lengths) or (channels, *lengths), weight (features, channels / groups, *kernel),
    bias (features), output (batch, features, *output lengths), without the batch if the input is.
    """
    kernel = weight.shape[2:]
    n = len(kernel)
    batched = input if len(input.shape) == n + 2 else reshape(input, (1, *input.shape))
    dilations = each(dilation, n)
    widths = pads(padding, kernel, dilations, extra)
    if padding_mode != "zeros":  # an array of its own, and its gradient too
        wider, widths = rearrange(batched, lambda p: padded(p, widths, padding_mode)), [(0, 0)] * n
    else:
        wider = batched
    source = padded(positions(wider.shape), widths)
    seen = windows(source, kernel, each(stride, n), dilations)
    batch, lengths = batched.shape[0], seen.shape[2 : 2 + n]
    features, channels = weight.shape[:2]
    grouped = (groups, features // groups, channels, prod(kernel))
    sums = (batch, groups, features // groups, prod(lengths))
    form = Contraction(
        ("ngcok", "gfck", "ngfo"),
        "convolution",
        (wider.shape, grouped, sums),
        seen.reshape(batch, groups, channels, prod(lengths), prod(kernel)),
    )
    addend = None if bias is None else broadcast_to(reshape(bias, (1, groups, features // groups, 1)), sums)
    output = form(wider, reshape(weight, grouped), addend)
    return reshape(output, ((batch,) if batched is input else ()) + (features, *lengths))

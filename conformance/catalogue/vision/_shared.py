"""How the operators on images move pixels: between channels and places, and between images and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from conformance.catalogue.convolution._shared import Lengths, each, padded, windows
from conformance.oracle import positions
from conformance.oracle.movement import Positions

__all__ = ["Positions", "blocks", "lengths_of", "number_of_blocks", "shuffled", "unshuffled"]


def shuffled(x: Positions, factor: int) -> Positions:
    """Return (*, C r r, H, W) as (*, C, H r, W r)."""
    *leading, channels, height, width = x.shape
    n, r = len(leading), factor
    apart = x.reshape(*leading, channels // r**2, r, r, height, width)
    order = (*range(n), n, n + 3, n + 1, n + 4, n + 2)
    return apart.transpose(order).reshape(*leading, channels // r**2, height * r, width * r)


def unshuffled(x: Positions, factor: int) -> Positions:
    """Return (*, C, H r, W r) as (*, C r r, H, W)."""
    *leading, channels, height, width = x.shape
    n, r = len(leading), factor
    apart = x.reshape(*leading, channels, height // r, r, width // r, r)
    order = (*range(n), n, n + 2, n + 4, n + 1, n + 3)
    return apart.transpose(order).reshape(*leading, channels * r**2, height // r, width // r)


def lengths_of(given: Lengths, dimensions: int) -> tuple[int, ...]:
    """Return one length for each dimension: a number, or a tuple of a single one, counts for all."""
    return each(given[0] if isinstance(given, tuple) and len(given) == 1 else given, dimensions)


def number_of_blocks(
    image: Sequence[int], kernel: Sequence[int], dilation: Sequence[int], padding: Sequence[int], stride: Sequence[int]
) -> int:
    """Return how many blocks an image has: the product of floor((length + 2 p - d (k - 1) - 1) / s + 1)."""
    along = zip(image, kernel, dilation, padding, stride, strict=True)
    return prod((length + 2 * p - d * (k - 1) - 1) // s + 1 for length, k, d, p, s in along)


def blocks(
    shape: Sequence[int], kernel_size: Lengths, dilation: Lengths, padding: Lengths, stride: Lengths
) -> Positions:
    """Return the positions of the elements of each block of images of ``shape`` (N, C, *lengths), OUTSIDE in padding.

    Shape: (N, C prod(kernel), number of blocks): channel, then place in the block; the blocks row after row.
    """
    batch, channels, *lengths = shape
    n = len(lengths)
    kernel, spread, pads, step = (lengths_of(given, n) for given in (kernel_size, dilation, padding, stride))
    seen = windows(padded(positions(shape), [(p, p) for p in pads]), kernel, step, spread)
    last = np.moveaxis(seen, tuple(range(2 + n, 2 + 2 * n)), tuple(range(2, 2 + n)))
    return last.reshape(batch, channels * prod(kernel), prod(seen.shape[2 : 2 + n]))

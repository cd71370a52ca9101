"""Reading images between their pixels: one sum over the pixels around each place, for any number of dimensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import mul

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import Bounded, absolute, broadcast_to, gather, relu, reshape, total, where
from conformance.oracle.movement import OUTSIDE, Positions
from conformance.oracle.selection import as_float

Weight = Callable[[Bounded], Bounded]
"""Takes distances from a place to what its pixels weigh."""


def linear_weight(distance: Bounded) -> Bounded:
    """Return max(0, 1 - |d|): two neighbours share a place between them."""
    return relu(1.0 - absolute(distance))


def cubic_weight(distance: Bounded) -> Bounded:
    """Return the kernel of cubic convolution with alpha = -0.75, which reaches two pixels to either side."""
    d = absolute(distance)
    near = (d * 1.25 - 2.25) * d * d + 1.0
    far = ((d * -0.75 + 3.75) * d - 6.0) * d + 3.0
    return where(d <= 1.0, near, where(d < 2.0, far, 0.0))


def sampled(input: Bounded, places: Sequence[Bounded], weight: Weight, reach: tuple[int, int]) -> Bounded:
    """Return images read at ``places``; beyond their ends they are 0.

    Args:
        input: Of shape (N, C, *lengths).
        places: For each of the dimensions, in pixels from the centre of the first, where to read: (N or 1, *outputs).
        weight: What a pixel counts, by its distance along each dimension.
        reach: The pixels that may count: from ``reach[0]`` to ``reach[1]`` beside the one at or before the place, or
            the nearest one where a place may be on either side of it.

    Returns:
        An array of shape (N, C, *outputs).
    """
    n = len(places)
    offsets = np.arange(reach[0], reach[1] + 1)
    indices, weights = [], []
    for axis, place in enumerate(places):
        wide = (*place.shape, *(len(offsets) if other == axis else 1 for other in range(n)))
        base = np.floor if len(offsets) % 2 == 0 else np.rint
        first = base(as_float(place.value)).astype(np.intp)
        taps = (first[..., None] + offsets).reshape(wide)
        here = reshape(place, (*place.shape, *(1,) * n))
        distance = broadcast_to(here, wide) - Bounded.input(taps.astype(np.float64), input.arithmetic)
        indices.append(taps)
        weights.append(weight(distance))
    factor: Bounded = reduce(mul, weights)
    pixels = gather(input, _sources(input.shape, indices))
    every = (factor.shape[0], 1, *factor.shape[1:])
    return total(pixels * broadcast_to(reshape(factor, every), pixels.shape), tuple(range(-n, 0)))


def nearest(input: Bounded, indices: Sequence[NDArray[np.intp]]) -> Bounded:
    """Return the pixels at ``indices``, one array (N or 1, *outputs) a dimension; beyond the ends they are 0."""
    return gather(input, _sources(input.shape, indices))


def _sources(shape: tuple[int, ...], indices: Sequence[NDArray[np.intp]]) -> Positions:
    """Return the flat positions (N, C, ...) of the pixels at ``indices`` (N or 1, ...), OUTSIDE beyond the ends."""
    batch, channels, *lengths = shape
    flat, outside = np.zeros((), dtype=np.intp), np.zeros((), dtype=np.bool_)
    for index, length in zip(indices, lengths, strict=True):
        flat = flat * length + index
        outside = outside | (index < 0) | (index >= length)
    image = np.arange(batch * channels).reshape(batch, channels, *(1,) * (flat.ndim - 1))
    size = int(np.prod(lengths))
    source: Positions = np.where(np.expand_dims(outside, 1), OUTSIDE, image * size + np.expand_dims(flat, 1))
    return source

"""Sliding blocks of images: what the options mean, and columns from images and back."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any, NamedTuple

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.pooling._spatial import numbers


class Blocks(NamedTuple):
    """The blocks of an image; each option has one number for the height and one for the width."""

    kernel: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: tuple[int, ...]
    stride: tuple[int, ...]

    def counts(self, lengths: tuple[int, ...]) -> tuple[int, ...]:
        """Return how many blocks there are along each dimension."""
        return tuple(
            (length + 2 * p - d * (k - 1) - 1) // s + 1 for length, k, d, p, s in zip(lengths, *self, strict=True)
        )

    def places(self, lengths: tuple[int, ...]) -> list[tuple[Any, ...]]:
        """Return, for each element of a block, row by row, where the padded image has that element of all blocks."""
        along = [
            [slice(i * d, i * d + (count - 1) * s + 1, s) for i in range(k)]
            for count, k, d, s in zip(self.counts(lengths), self.kernel, self.dilation, self.stride, strict=True)
        ]
        return [(..., *place) for place in product(*along)]


def blocks_of(name: str, kernel_size: Any, dilation: Any, padding: Any, stride: Any) -> Blocks:
    """Return the blocks that the options of the operator ``name`` mean, after checking them.

    Raises:
        RuntimeError: An option is out of range.
    """
    given = {"kernel_size": kernel_size, "dilation": dilation, "padding": padding, "stride": stride}
    options = {option: numbers(value, 2, f"{name}: {option}") for option, value in given.items()}
    for option, value in options.items():
        if min(value) < (0 if option == "padding" else 1):
            raise RuntimeError(f"{name}: {option}: expected numbers greater than zero, not {given[option]!r}")
    return Blocks(*options.values())


def columns(x: Array, blocks: Blocks) -> Array:
    """Return images (N, C, H, W) as columns (N, C prod(kernel), L)."""
    batch, channels, *lengths = x.shape
    frame = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in blocks.padding)])
    counts = blocks.counts(tuple(lengths))
    parts = [frame[place] for place in blocks.places(tuple(lengths))]
    return np.stack(parts, axis=2).reshape(batch, channels * prod(blocks.kernel), prod(counts))


def images(x: Array, lengths: tuple[int, ...], blocks: Blocks) -> Array:
    """Return columns (N, C prod(kernel), L) summed into images (N, C, H, W)."""
    batch, rows = x.shape[:2]
    size = prod(blocks.kernel)
    parts = x.reshape(batch, rows // size, size, *blocks.counts(lengths))
    padded = [length + 2 * p for length, p in zip(lengths, blocks.padding, strict=True)]
    frame = np.zeros((batch, rows // size, *padded), dtype=x.dtype)
    for index, place in enumerate(blocks.places(lengths)):
        frame[place] += parts[:, :, index]
    inner = (slice(p, p + length) for p, length in zip(blocks.padding, lengths, strict=True))
    key: tuple[Any, ...] = (..., *inner)
    whole: Array = frame[key]
    return whole

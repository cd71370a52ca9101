"""Which pixels of a line each output pixel is made of, and what each of them counts, for every mode of resizing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import floor
from typing import NamedTuple

import numpy as np

from adapters.reference.dtype import Array


class Line(NamedTuple):
    """One dimension: its length before and after, how corners lie, and the factor that the ratio is taken from."""

    length: int
    output: int
    align_corners: bool
    factor: float | None

    @property
    def ratio(self) -> float:
        """How many input pixels there are to an output pixel."""
        if self.align_corners:
            return (self.length - 1) / (self.output - 1) if self.output > 1 else 0.0
        return self.length / self.output if self.factor is None else 1.0 / self.factor

    def places(self) -> Array:
        """Return where the output's pixels lie, in pixels from the centre of the first."""
        index = np.arange(self.output)
        found: Array = index * self.ratio if self.align_corners else (index + 0.5) * self.ratio - 0.5
        return found


class Taps(NamedTuple):
    """For each output pixel the indices of its pixels and their weights, both (output, number)."""

    indices: Array
    weights: Array


def nearest(line: Line, shift: float) -> Taps:
    """Return the pixel at floor((index + shift) ratio) alone."""
    index = np.floor((np.arange(line.output) + shift) * line.ratio).astype(np.int64)
    return Taps(np.minimum(index, line.length - 1)[:, None], np.ones((line.output, 1)))


def linear(line: Line) -> Taps:
    """Return the two pixels around each place; beyond the outermost centres the edge counts."""
    place = np.clip(line.places(), 0, line.length - 1)
    first = np.floor(place).astype(np.int64)
    part = place - first
    return Taps(np.stack([first, np.minimum(first + 1, line.length - 1)], 1), np.stack([1 - part, part], 1))


def cubic(line: Line) -> Taps:
    """Return the four pixels around each place, weighed by cubic convolution; beyond the ends the edge counts."""
    place = line.places()
    first = np.floor(place).astype(np.int64)
    indices = first[:, None] + np.arange(-1, 3)
    return Taps(np.clip(indices, 0, line.length - 1), cubic_kernel(place[:, None] - indices, -0.75))


def area(line: Line) -> Taps:
    """Return all pixels from floor(i length / output) to ceil((i + 1) length / output), equally weighed."""
    ends = [(i * line.length // line.output, -(-(i + 1) * line.length // line.output)) for i in range(line.output)]
    return _filled([(first, np.full(end - first, 1 / (end - first))) for first, end in ends])


def filtered(line: Line, kernel: Callable[[Array], Array], reach: float) -> Taps:
    """Return the pixels within the reach of a filter that is as much wider as the image gets smaller."""
    ratio = line.ratio
    wide = max(ratio, 1.0)
    found = []
    for index in range(line.output):
        centre = ratio * (index + 0.5)
        first = max(floor(centre - reach * wide + 0.5), 0)
        end = min(floor(centre + reach * wide + 0.5), line.length)
        weights = kernel((np.arange(first, end) - centre + 0.5) / wide)
        found.append((first, weights / weights.sum()))
    return _filled(found)


def _filled(found: list[tuple[int, Array]]) -> Taps:
    """Return taps of different numbers side by side; what is missing counts nothing."""
    number = max(len(weights) for _, weights in found)
    indices, weights = np.zeros((len(found), number), dtype=np.int64), np.zeros((len(found), number))
    for row, (first, own) in enumerate(found):
        indices[row] = first + np.minimum(np.arange(number), len(own) - 1)
        weights[row, : len(own)] = own
    return Taps(indices, weights)


def triangle_kernel(distance: Array) -> Array:
    """Return max(0, 1 - |d|)."""
    return np.asarray(np.maximum(0.0, 1 - np.abs(distance)))


def cubic_kernel(distance: Array, alpha: float) -> Array:
    """Return the kernel of cubic convolution."""
    d = np.abs(distance)
    near = ((alpha + 2) * d - (alpha + 3)) * d * d + 1
    far = ((alpha * d - 5 * alpha) * d + 8 * alpha) * d - 4 * alpha
    return np.asarray(np.where(d <= 1, near, np.where(d < 2, far, 0)))


def lanczos_kernel(distance: Array) -> Array:
    """Return the sinc function windowed by another of three times its width."""
    return np.asarray(np.where(np.abs(distance) < 3, np.sinc(distance) * np.sinc(distance / 3), 0))


def taps_of(mode: str, line: Line, *, antialias: bool) -> Taps:
    """Return the taps of ``mode`` along one dimension."""
    if antialias:
        kernel, reach = _FILTERS[mode]
        return filtered(line, kernel, reach)
    return _MODES.get(mode, linear)(line)


_FILTERS: dict[str, tuple[Callable[[Array], Array], float]] = {
    "bilinear": (triangle_kernel, 1.0),
    "bicubic": (partial(cubic_kernel, alpha=-0.5), 2.0),
    "lanczos": (lanczos_kernel, 3.0),
}
_MODES: dict[str, Callable[[Line], Taps]] = {
    "nearest": partial(nearest, shift=0.0),
    "nearest-exact": partial(nearest, shift=0.5),
    "bicubic": cubic,
    "area": area,
}

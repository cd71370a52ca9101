"""Windows of pools: how they lie, and which element of each is the largest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from adapters.reference.dtype import Array


@dataclass(frozen=True, slots=True)
class Window:
    """How windows lie along one dimension, in elements.

    Args:
        size: Elements of a window.
        stride: Distance between windows.
        padding: Places added at each end.
        dilation: Distance between the elements of a window.
    """

    size: int
    stride: int
    padding: int
    dilation: int

    def output(self, length: int, *, ceil_mode: bool) -> int:
        """Return how many windows there are.

        With ``ceil_mode`` a last window may reach beyond the end, but none starts in the padding behind it.
        """
        room = length + 2 * self.padding - self.dilation * (self.size - 1) - 1
        if not ceil_mode:
            return room // self.stride + 1
        count = -(-room // self.stride) + 1
        return count - 1 if (count - 1) * self.stride >= length + self.padding else count

    def reach(self, count: int) -> int:
        """Return how many places ``count`` windows span, from the padding in front on."""
        return (count - 1) * self.stride + (self.size - 1) * self.dilation + 1

    def first_inside(self, count: int) -> Array:
        """Return, for each window, its first element that is not padding."""
        start = np.arange(count) * self.stride - self.padding
        return np.asarray(np.where(start < 0, -(start // self.dilation), 0))

    def places(self, count: int) -> list[slice]:
        """Return, for each element of a window, where it lies in all windows."""
        return [
            slice(element * self.dilation, element * self.dilation + (count - 1) * self.stride + 1, self.stride)
            for element in range(self.size)
        ]


Windows = tuple[Window, Window]
"""Along height and width."""


def framed(x: Array, windows: Windows, counts: tuple[int, int], fill: Any) -> Array:
    """Return ``x`` with the places that the windows read beyond its ends filled; ``x`` itself where there are none."""
    height, width = x.shape[-2:]
    (vertical, horizontal) = windows
    needed = (
        max(vertical.reach(counts[0]), height + vertical.padding),
        max(horizontal.reach(counts[1]), width + horizontal.padding),
    )
    if needed == (height, width):
        return x
    frame = np.full((*x.shape[:-2], *needed), fill, dtype=x.dtype)
    frame[..., vertical.padding : vertical.padding + height, horizontal.padding : horizontal.padding + width] = x
    return frame


def elements(frame: Array, windows: Windows, counts: tuple[int, int]) -> Iterator[Array]:
    """Yield, for each element of a window in reading order, that element of all windows: views of ``frame``."""
    across = windows[1].places(counts[1])
    for down in windows[0].places(counts[0]):
        for beside in across:
            yield frame[..., down, beside]


def largest(frame: Array, windows: Windows, counts: tuple[int, int]) -> Array:
    """Return the largest element of each window; NaN where there is one."""
    parts = elements(frame, windows, counts)
    result = next(parts).copy()
    for part in parts:
        np.maximum(result, part, out=result)
    return result


def positions(x: Array, windows: Windows, counts: tuple[int, int]) -> Array:
    """Return where in its image (row times width plus column) the largest element of each window is.

    The first of equal ones; with NaN, the last NaN. Padding is never chosen: -1 for a window that has nothing else.
    """
    lowest = -np.inf if x.dtype.kind not in "iu" else np.iinfo(x.dtype).min
    frame = framed(x, windows, counts, lowest)
    (vertical, horizontal), width = windows, x.shape[-1]
    first_row, first_column = vertical.first_inside(counts[0]), horizontal.first_inside(counts[1])
    chosen_row = np.broadcast_to(first_row[:, None], (*x.shape[:-2], *counts)).copy()
    chosen_column = np.broadcast_to(first_column, (*x.shape[:-2], *counts)).copy()
    best = np.full(chosen_row.shape, lowest, dtype=x.dtype)
    for number, part in enumerate(elements(frame, windows, counts)):
        better = (part > best) | np.isnan(part)
        np.copyto(best, part, where=better)
        np.copyto(chosen_row, number // horizontal.size, where=better)
        np.copyto(chosen_column, number % horizontal.size, where=better)
    rows = np.arange(counts[0])[:, None] * vertical.stride - vertical.padding + chosen_row * vertical.dilation
    columns = np.arange(counts[1]) * horizontal.stride - horizontal.padding + chosen_column * horizontal.dilation
    return np.where((rows < x.shape[-2]) & (columns < width), rows * width + columns, -1)

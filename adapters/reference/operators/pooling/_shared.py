"""Windows of pools: how they lie along one dimension."""

from __future__ import annotations

from dataclasses import dataclass

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

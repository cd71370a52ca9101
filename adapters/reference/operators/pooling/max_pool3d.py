"""max_pool3d: the largest element of every window of a volume."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.pooling._maximum import MaximumPool, maximum_pool
from adapters.reference.tensor import Tensor

__all__ = ["MaxPool3d", "max_pool3d", "max_pool3d_with_indices"]


def max_pool3d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """Return the largest element of every window of ``input``.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        kernel_size: Size of a window, one int or three (depth, height, width); so are the next three.
        stride: Distance between windows, ``kernel_size`` where not given.
        padding: Places, counted as minus infinity, at each side; at most half of the window.
        dilation: Distance between the elements of a window.
        ceil_mode: Let a last window reach beyond the end, if it does not start there.
        return_indices: Return the positions too: in reading order, within each channel.

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    return maximum_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = True,
) -> tuple[Tensor, Tensor]:
    """Return what :func:`max_pool3d` does, and the positions in any case; ``return_indices`` is ignored."""
    del return_indices
    pooled, indices = max_pool3d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices=True)
    return pooled, indices


class MaxPool3d(MaximumPool):
    """The largest element of every window, as a module; the arguments are those of :class:`MaximumPool`."""

    def forward(self, input: Tensor) -> Any:
        """Return the pooled input, and the positions where they are wanted."""
        return max_pool3d(
            input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode, self.return_indices
        )

"""avg_pool1d: the average of every window of a signal."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.pooling._average import AveragePool, average_pool
from adapters.reference.operators.pooling._spatial import numbers
from adapters.reference.tensor import Tensor

__all__ = ["AvgPool1d", "avg_pool1d"]


def avg_pool1d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """Return the average of every window of ``input``.

    Args:
        input: Of shape (N, C, L), or (C, L).
        kernel_size: Size of a window, one int or a tuple of one; so are the next two.
        stride: Distance between windows, ``kernel_size`` where not given.
        padding: Zeros at each side; at most half of the window.
        ceil_mode: Let a last window reach beyond the end, if it does not start there.
        count_include_pad: Whether the divisor counts the zeros.

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    return average_pool(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad)


class AvgPool1d(AveragePool):
    """The average of every window, as a module; the arguments are those of :func:`avg_pool1d`."""

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        super().__init__()
        self.kernel_size = numbers(kernel_size, 1, "AvgPool1d: kernel_size")
        self.stride = self.kernel_size if stride is None else numbers(stride, 1, "AvgPool1d: stride")
        self.padding = numbers(padding, 1, "AvgPool1d: padding")
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input: Tensor) -> Tensor:
        """Return the pooled input."""
        return avg_pool1d(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
        )

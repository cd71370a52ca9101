"""avg_pool3d: the average of every window of a volume."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.pooling._average import AveragePool, average_pool
from adapters.reference.tensor import Tensor

__all__ = ["AvgPool3d", "avg_pool3d"]


def avg_pool3d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """Return the average of every window of ``input``.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        kernel_size: Size of a window, one int or three (depth, height, width); so are the next two.
        stride: Distance between windows, ``kernel_size`` where not given.
        padding: Zeros at each side; at most half of the window.
        ceil_mode: Let a last window reach beyond the end, if it does not start there.
        count_include_pad: Whether the divisor counts the zeros.
        divisor_override: The divisor, in the place of the number of elements.

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    return average_pool(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


class AvgPool3d(AveragePool):
    """The average of every window, as a module; the arguments are those of :func:`avg_pool3d`."""

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def forward(self, input: Tensor) -> Tensor:
        """Return the pooled input."""
        return avg_pool3d(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
            self.divisor_override,
        )

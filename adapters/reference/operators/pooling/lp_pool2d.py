"""lp_pool2d: the power average of every window of an image."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.pooling._power import PowerAveragePool, power_average_pool
from adapters.reference.tensor import Tensor

__all__ = ["LPPool2d", "lp_pool2d"]


def lp_pool2d(input: Tensor, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False) -> Tensor:
    """Return the p-th root of the sum of the p-th powers of every window of ``input``.

    Args:
        input: Of shape (N, C, H, W), or (C, H, W).
        norm_type: The exponent p; infinity for the largest absolute value.
        kernel_size: Size of a window, one int or two (height, width); so is the next.
        stride: Distance between windows, ``kernel_size`` where not given.
        ceil_mode: Let a last window reach beyond the end, if it does not start there.

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    return power_average_pool(2, input, norm_type, kernel_size, stride, ceil_mode)


class LPPool2d(PowerAveragePool):
    """The power average of every window, as a module; the arguments are those of :class:`PowerAveragePool`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the pooled input."""
        return lp_pool2d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)

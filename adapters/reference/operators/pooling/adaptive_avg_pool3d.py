"""adaptive_avg_pool3d: the averages of as many windows of a volume as are asked for."""

from __future__ import annotations

from typing import Any

from adapters.reference.nn.module import Module
from adapters.reference.operators.pooling._adaptive import adaptive_average_pool
from adapters.reference.tensor import Tensor

__all__ = ["AdaptiveAvgPool3d", "adaptive_avg_pool3d"]


def adaptive_avg_pool3d(input: Tensor, output_size: Any) -> Tensor:
    """Return the averages of windows that cover ``input``, as many as ``output_size`` says.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        output_size: The output's lengths: one int for all, or three (depth, height, width); None keeps the input's.

    Raises:
        RuntimeError: A shape or a size that does not fit; the text says which.
        TypeError: A size is not an int, or ``input`` no tensor.
    """
    return adaptive_average_pool(3, input, output_size)


class AdaptiveAvgPool3d(Module):
    """The averages of windows that cover the input, as a module; the argument is :func:`adaptive_avg_pool3d`'s."""

    def __init__(self, output_size: Any) -> None:
        super().__init__()
        self.output_size = output_size

    def forward(self, input: Tensor) -> Tensor:
        """Return the pooled input."""
        return adaptive_avg_pool3d(input, self.output_size)

    def extra_repr(self) -> str:
        """Return the size."""
        return f"output_size={self.output_size}"

"""adaptive_max_pool3d: the largest elements of as many windows of a volume as are asked for."""

from __future__ import annotations

from typing import Any

from adapters.reference.nn.module import Module
from adapters.reference.operators.pooling._adaptive import adaptive_maximum_pool
from adapters.reference.tensor import Tensor

__all__ = ["AdaptiveMaxPool3d", "adaptive_max_pool3d"]


def adaptive_max_pool3d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """Return the largest elements of windows that cover ``input``, as many as ``output_size`` says.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        output_size: The output's lengths: one int for all, or three (depth, height, width); None keeps the input's.
        return_indices: Return the positions too, in reading order within each channel.

    Raises:
        RuntimeError: A shape or a size that does not fit; the text says which.
        TypeError: A size is not an int, or ``input`` no tensor.
    """
    return adaptive_maximum_pool(3, input, output_size, return_indices)


class AdaptiveMaxPool3d(Module):
    """The largest elements of windows that cover the input, as a module; see :func:`adaptive_max_pool3d`."""

    def __init__(self, output_size: Any, return_indices: bool = False) -> None:
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def forward(self, input: Tensor) -> Any:
        """Return the pooled input, and the positions where they are wanted."""
        return adaptive_max_pool3d(input, self.output_size, self.return_indices)

    def extra_repr(self) -> str:
        """Return the size."""
        return f"output_size={self.output_size}"

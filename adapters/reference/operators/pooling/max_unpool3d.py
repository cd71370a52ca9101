"""max_unpool3d: the maxima of a volume's windows put back into their places."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.pooling._unpooling import Unpool, unpool
from adapters.reference.tensor import Tensor

__all__ = ["MaxUnpool3d", "max_unpool3d"]


def max_unpool3d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Tensor:
    """Return zeros but for the elements of ``input``, each at its index.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        indices: Of the same shape: positions in the planes of the output, in reading order.
        kernel_size: Size of a window, one int or three (depth, height, width); so are the next two.
        stride: Distance between windows, ``kernel_size`` where not given.
        padding: What the input of the pool was padded with.
        output_size: Lengths of the output, alone or after batch and channels; the least that fit where not given.

    Raises:
        RuntimeError: A shape, or indices that are not within the output; the text says which.
        ValueError: ``output_size`` is none that the pool takes to the input's size.
    """
    return unpool(3, input, indices, kernel_size, stride, padding, output_size)


class MaxUnpool3d(Unpool):
    """The inverse of a max pool but for what it lost, as a module; the arguments are those of :class:`Unpool`."""

    dimensions = 3

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """Return the elements in their places."""
        return max_unpool3d(input, indices, self.kernel_size, self.stride, self.padding, output_size)

"""unfold: the sliding blocks of images as columns."""

from __future__ import annotations

from typing import Any

from adapters.reference.arithmetic.axes import squeeze, unsqueeze
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.vision._blocks import Blocks, blocks_of, columns, images
from adapters.reference.tensor import Tensor

__all__ = ["Unfold", "unfold"]


class Im2ColBackward0(Function):
    """Images to columns."""

    __slots__ = ("blocks", "lengths")

    def forward(self, x: Array, blocks: Blocks) -> Array:
        """A column for each block."""
        self.blocks, self.lengths = blocks, x.shape[2:]
        return columns(x, blocks)

    def backward(self, gradient: Array) -> Array:
        """Columns summed into images."""
        return images(gradient, self.lengths, self.blocks)


def unfold(input: Tensor, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Tensor:
    """Return the blocks of ``input`` as columns.

    Args:
        input: Of shape (N, C, H, W), or (C, H, W).
        kernel_size: Size of a block, one int or two (height, width); so are the next three.
        dilation: Distance between the elements of a block.
        padding: Zeros at each side.
        stride: Distance between blocks.

    Returns:
        A tensor of shape (N, C prod(kernel_size), L), or (C prod(kernel_size), L).

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    require_tensor(input, "unfold: input")
    if input.ndim not in (3, 4):
        raise RuntimeError(f"unfold: input: expected 3 or 4 dimensions, not shape {tuple(input.shape)}")
    blocks = blocks_of("unfold", kernel_size, dilation, padding, stride)
    counts = blocks.counts(input.array.shape[-2:])
    if min(counts) < 1:
        raise RuntimeError(
            f"unfold: input of shape {tuple(input.shape)} has no block of kernel_size {kernel_size!r}: there would be "
            f"{counts} of them"
        )
    batched = input if input.ndim == 4 else unsqueeze(input, 0)
    result: Tensor = Im2ColBackward0.apply((batched,), blocks)
    return result if input.ndim == 4 else squeeze(result, 0)


class Unfold(Module):
    """The sliding blocks of images as columns, as a module; the arguments are those of :func:`unfold`."""

    def __init__(self, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Tensor) -> Tensor:
        """Return the columns of ``input``."""
        return unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"kernel_size={self.kernel_size}, dilation={self.dilation}, padding={self.padding}, stride={self.stride}"

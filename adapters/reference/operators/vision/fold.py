"""fold: columns summed into images, where the blocks that they stand for lie."""

from __future__ import annotations

from math import prod
from typing import Any

from adapters.reference.arithmetic.axes import squeeze, unsqueeze
from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.pooling._spatial import numbers
from adapters.reference.operators.vision._blocks import Blocks, blocks_of, columns, images
from adapters.reference.tensor import Tensor

__all__ = ["Fold", "fold"]


class Col2ImBackward0(Function):
    """Columns to images."""

    __slots__ = ("blocks",)

    def forward(self, x: Array, lengths: tuple[int, ...], blocks: Blocks) -> Array:
        """The sum of the blocks that lie over each element."""
        self.blocks = blocks
        return images(x, lengths, blocks)

    def backward(self, gradient: Array) -> Array:
        """A column for each block."""
        return columns(gradient, self.blocks)


def fold(
    input: Tensor, output_size: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1
) -> Tensor:
    """Return the images that the columns of ``input`` sum to.

    Args:
        input: Of shape (N, C prod(kernel_size), L), or (C prod(kernel_size), L).
        output_size: Height and width of the images, one int or two; so are the next four.
        kernel_size: Size of a block.
        dilation: Distance between the elements of a block.
        padding: What is dropped at each side.
        stride: Distance between blocks.

    Returns:
        A tensor of shape (N, C, *output_size), or (C, *output_size).

    Raises:
        RuntimeError: A shape, or options that do not fit together; the text says which.
        TypeError: An option is not an int, or ``input`` no tensor.
    """
    require_tensor(input, "fold: input")
    if input.ndim not in (2, 3):
        raise RuntimeError(f"fold: input: expected 2 or 3 dimensions, not shape {tuple(input.shape)}")
    lengths = numbers(output_size, 2, "fold: output_size")
    blocks = blocks_of("fold", kernel_size, dilation, padding, stride)
    rows, number = input.array.shape[-2:]
    if rows % prod(blocks.kernel):
        raise RuntimeError(
            f"fold: input: expected a number of rows that the product of {blocks.kernel} divides, not {rows}"
        )
    counts = blocks.counts(lengths)
    if min(counts) < 1 or prod(counts) != number:
        raise RuntimeError(
            f"fold: input: expected {prod(counts)} columns, as output_size {lengths} has {counts} blocks, not {number}"
        )
    batched = input if input.ndim == 3 else unsqueeze(input, 0)
    result: Tensor = Col2ImBackward0.apply((batched,), lengths, blocks)
    return result if input.ndim == 3 else squeeze(result, 0)


class Fold(Module):
    """Columns summed into images, as a module; the arguments are those of :func:`fold`."""

    def __init__(
        self, output_size: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1
    ) -> None:
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Tensor) -> Tensor:
        """Return the images of ``input``."""
        return fold(input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self) -> str:
        """Return the options."""
        return (
            f"output_size={self.output_size}, kernel_size={self.kernel_size}, dilation={self.dilation}, "
            f"padding={self.padding}, stride={self.stride}"
        )

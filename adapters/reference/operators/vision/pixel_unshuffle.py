"""pixel_unshuffle: pixels turned into channels."""

from __future__ import annotations

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.vision._pixels import require_factor, shuffled, unshuffled
from adapters.reference.tensor import Tensor

__all__ = ["PixelUnshuffle", "pixel_unshuffle"]


class PixelUnshuffleBackward0(Function):
    """Pixels to channels."""

    __slots__ = ("factor",)
    moves = True

    def forward(self, x: Array, factor: int) -> Array:
        """The smaller images."""
        self.factor = factor
        return unshuffled(x, factor)

    def backward(self, gradient: Array) -> Array:
        """Channels back to pixels."""
        return shuffled(gradient, self.factor)


def pixel_unshuffle(input: Tensor, downscale_factor: int) -> Tensor:
    """Return ``input`` with each r x r pixels as r r consecutive channels of one pixel.

    Args:
        input: Of shape (*, C, H r, W r).
        downscale_factor: The factor r.

    Returns:
        A tensor of shape (*, C r r, H, W).

    Raises:
        RuntimeError: r does not divide height and width, or is not positive.
    """
    require_factor("pixel_unshuffle", input, downscale_factor, "downscale_factor")
    height, width = input.array.shape[-2:]
    if height % downscale_factor or width % downscale_factor:
        raise RuntimeError(
            f"pixel_unshuffle: input: expected a height and a width that {downscale_factor} divides, not "
            f"{height} and {width}"
        )
    result: Tensor = PixelUnshuffleBackward0.apply((input,), downscale_factor)
    return result


class PixelUnshuffle(Module):
    """Pixels turned into channels, as a module; the argument is that of :func:`pixel_unshuffle`."""

    def __init__(self, downscale_factor: int) -> None:
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input: Tensor) -> Tensor:
        """Return the smaller images."""
        return pixel_unshuffle(input, self.downscale_factor)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"downscale_factor={self.downscale_factor}"

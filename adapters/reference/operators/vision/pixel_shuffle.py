"""pixel_shuffle: channels turned into pixels."""

from __future__ import annotations

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators.vision._pixels import require_factor, shuffled, unshuffled
from adapters.reference.tensor import Tensor

__all__ = ["PixelShuffle", "pixel_shuffle"]


class PixelShuffleBackward0(Function):
    """Channels to pixels."""

    __slots__ = ("factor",)
    moves = True

    def forward(self, x: Array, factor: int) -> Array:
        """The larger images."""
        self.factor = factor
        return shuffled(x, factor)

    def backward(self, gradient: Array) -> Array:
        """Pixels back to channels."""
        return unshuffled(gradient, self.factor)


def pixel_shuffle(input: Tensor, upscale_factor: int) -> Tensor:
    """Return ``input`` with r r consecutive channels as the r x r pixels in the place of one.

    Args:
        input: Of shape (*, C r r, H, W).
        upscale_factor: The factor r.

    Returns:
        A tensor of shape (*, C, H r, W r).

    Raises:
        RuntimeError: r r does not divide the number of channels, or the factor is not positive.
    """
    require_factor("pixel_shuffle", input, upscale_factor, "upscale_factor")
    channels = input.array.shape[-3]
    if channels % upscale_factor**2:
        raise RuntimeError(
            f"pixel_shuffle: input: expected a number of channels that {upscale_factor}^2 divides, not {channels} in "
            f"shape {tuple(input.shape)}"
        )
    result: Tensor = PixelShuffleBackward0.apply((input,), upscale_factor)
    return result


class PixelShuffle(Module):
    """Channels turned into pixels, as a module; the argument is that of :func:`pixel_shuffle`."""

    def __init__(self, upscale_factor: int) -> None:
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input: Tensor) -> Tensor:
        """Return the larger images."""
        return pixel_shuffle(input, self.upscale_factor)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"upscale_factor={self.upscale_factor}"

"""channel_shuffle: the channels of several groups taken in turn."""

from __future__ import annotations

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.nn.module import Module
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["ChannelShuffle", "channel_shuffle"]


class ChannelShuffleBackward0(Function):
    """The first channel of every group, the second of every group, and so on."""

    __slots__ = ("groups",)
    moves = True

    def forward(self, x: Array, groups: int) -> Array:
        """The channels in their new order."""
        self.groups = groups
        return _exchanged(x, groups)

    def backward(self, gradient: Array) -> Array:
        """The gradients in the channels' old order."""
        return _exchanged(gradient, gradient.shape[1] // self.groups)


def _exchanged(x: Array, groups: int) -> Array:
    batch, channels, *lengths = x.shape
    apart = x.reshape(batch, groups, channels // groups, *lengths)
    return apart.swapaxes(1, 2).reshape(x.shape)


def channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """Return ``input`` with its channels taken from each of ``groups`` groups in turn.

    Args:
        input: Of shape (N, C, *).
        groups: The number of groups.

    Raises:
        RuntimeError: There are no spatial dimensions, or ``groups`` does not divide the number of channels.
    """
    require_tensor(input, "channel_shuffle: input")
    if input.ndim < 3:
        raise RuntimeError(f"channel_shuffle: input: expected more than 2 dimensions, not shape {tuple(input.shape)}")
    if groups < 1 or input.array.shape[1] % groups:
        raise RuntimeError(
            f"channel_shuffle: groups: expected a number that divides the {input.array.shape[1]} channels, not {groups}"
        )
    result: Tensor = ChannelShuffleBackward0.apply((input,), groups)
    return result


class ChannelShuffle(Module):
    """The channels of several groups taken in turn, as a module; the argument is that of :func:`channel_shuffle`."""

    def __init__(self, groups: int) -> None:
        super().__init__()
        self.groups = groups

    def forward(self, input: Tensor) -> Tensor:
        """Return the channels in their new order."""
        return channel_shuffle(input, self.groups)

    def extra_repr(self) -> str:
        """Return the options."""
        return f"groups={self.groups}"

"""PackedSequence: the steps of several sequences in one tensor, without padding."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.dtype import Array
from adapters.reference.tensor import Tensor

__all__ = ["PackedSequence"]


class PackedSequence(NamedTuple):
    """Sequences, longest first, step after step.

    Args:
        data: Of shape (sum of the lengths, *): the first steps of all sequences, then the second ones ...
        batch_sizes: How many sequences are as long as each step.
        sorted_indices: The place of each packed sequence in the order that was given; None if it is that order.
        unsorted_indices: The place of each sequence given among the packed ones.
    """

    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Tensor | None
    unsorted_indices: Tensor | None


class PackPaddedSequenceBackward0(Function):
    """Rows of one array sent to rows of another, the rest of it filled."""

    __slots__ = ("shape", "source", "target")
    moves = True

    def forward(self, x: Array, source: Array, target: Array, rows: int, fill: float) -> Array:
        """An array of so many rows, ``fill`` but for the rows ``target``, which are those of ``x`` at ``source``."""
        self.shape, self.source, self.target = x.shape, source, target
        result: Array = np.full((rows, *x.shape[1:]), fill, dtype=x.dtype)
        result[target] = x[source]
        return result

    def backward(self, gradient: Array) -> Array:
        """The gradient's rows, sent back; 0 for those that went nowhere."""
        result: Array = np.zeros(self.shape, dtype=gradient.dtype)
        result[self.source] = gradient[self.target]
        return result


def moved_rows(x: Tensor, source: Array, target: Array, rows: int, fill: float = 0.0) -> Tensor:
    """Return a tensor of so many rows, ``fill`` but for the rows ``target``: those of ``x`` at ``source``."""
    result: Tensor = PackPaddedSequenceBackward0.apply((x,), source, target, rows, fill)
    return result


def places(lengths: Array, width: int) -> Array:
    """Return the row, of an array of steps times ``width`` sequences, of every step there is, step after step."""
    return np.asarray(
        [step * width + place for step in range(int(lengths.max())) for place in np.flatnonzero(lengths > step)]
    )

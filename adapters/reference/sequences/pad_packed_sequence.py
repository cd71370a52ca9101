"""pad_packed_sequence: packed sequences as one tensor, padded to one length."""

from __future__ import annotations

import numpy as np

from adapters.reference.sequences.packed_sequence import PackedSequence, moved_rows, places
from adapters.reference.tensor import Tensor, wrap

__all__ = ["pad_packed_sequence"]


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the sequences padded, in the order in which they were packed, and their lengths.

    Args:
        sequence: The packed sequences.
        batch_first: Whether the result is (B, T, *) and not (T, B, *).
        padding_value: What stands after the end of a sequence.
        total_length: The length to pad to, the longest sequence's by default.

    Raises:
        ValueError: ``total_length`` is less than the longest sequence.
    """
    sizes = sequence.batch_sizes.array
    longest, batch = sizes.size, int(sizes[0])
    if total_length is not None:
        if total_length < longest:
            raise ValueError(
                f"pad_packed_sequence: total_length: expected at least the longest length {longest}, not {total_length}"
            )
        longest = total_length
    lengths = (sizes[:, None] > np.arange(batch)[None, :]).sum(axis=0)
    rows = places(lengths, batch)
    if sequence.sorted_indices is not None and sequence.unsorted_indices is not None:
        rows = rows // batch * batch + sequence.sorted_indices.array[rows % batch]
        lengths = lengths[sequence.unsorted_indices.array]
    flat = moved_rows(sequence.data, np.arange(rows.size), rows, longest * batch, padding_value)
    padded = flat.reshape(longest, batch, *sequence.data.array.shape[1:])
    return padded.transpose(0, 1) if batch_first else padded, wrap(lengths)

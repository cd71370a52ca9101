"""pack_sequence: sequences of unequal lengths, packed."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.reference.sequences.pack_padded_sequence import pack_padded_sequence
from adapters.reference.sequences.packed_sequence import PackedSequence
from adapters.reference.sequences.pad_sequence import pad_sequence
from adapters.reference.tensor import Tensor

__all__ = ["pack_sequence"]


def pack_sequence(sequences: Sequence[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    """Return the sequences, each of shape (L, *), packed; their lengths decrease if ``enforce_sorted``."""
    lengths = [one.array.shape[0] for one in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)

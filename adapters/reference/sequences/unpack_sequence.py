"""unpack_sequence: the sequences of a packed one, each by itself."""

from __future__ import annotations

from adapters.reference.sequences.packed_sequence import PackedSequence
from adapters.reference.sequences.pad_packed_sequence import pad_packed_sequence
from adapters.reference.sequences.unpad_sequence import unpad_sequence
from adapters.reference.tensor import Tensor

__all__ = ["unpack_sequence"]


def unpack_sequence(packed_sequences: PackedSequence) -> list[Tensor]:
    """Return each sequence by itself, in the order in which they were packed."""
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)

"""unpad_sequence: the sequences of a padded tensor, each by itself."""

from __future__ import annotations

from adapters.reference.arithmetic.indexing import getitem
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

__all__ = ["unpad_sequence"]


def unpad_sequence(padded_sequences: Tensor, lengths: Tensor, batch_first: bool = False) -> list[Tensor]:
    """Return each sequence of a padded batch, (T, B, *) or (B, T, *) if ``batch_first``, up to its length."""
    require_tensor(padded_sequences, "unpad_sequence: padded_sequences")
    require_tensor(lengths, "unpad_sequence: lengths")
    rows: Tensor = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [getitem(rows, (place, slice(length))) for place, length in enumerate(lengths.array.tolist())]

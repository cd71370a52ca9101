"""pad_sequence: sequences of unequal lengths as one tensor, padded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from adapters.reference.arithmetic.joining import cat
from adapters.reference.operators._shared import require_tensor
from adapters.reference.sequences.packed_sequence import moved_rows
from adapters.reference.tensor import Tensor

__all__ = ["pad_sequence"]


def pad_sequence(
    sequences: Sequence[Tensor],
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Tensor:
    """Return the sequences side by side, padded to the length of the longest.

    Args:
        sequences: Each of shape (L, *), alike but for L.
        batch_first: Whether the result is (B, T, *) and not (T, B, *).
        padding_value: What stands where a sequence has no step.
        padding_side: ``"right"`` or ``"left"``: after the end of a sequence, or before its start.

    Raises:
        RuntimeError: There is no sequence, or the side is neither.
    """
    if padding_side not in ("left", "right"):
        raise RuntimeError(f"pad_sequence: padding_side: expected 'left' or 'right', not {padding_side!r}")
    listed = list(sequences)
    if not listed:
        raise RuntimeError("pad_sequence: sequences: expected at least one, not an empty sequence")
    for one in listed:
        require_tensor(one, "pad_sequence: sequences")
    lengths = [one.array.shape[0] for one in listed]
    longest, batch = max(lengths), len(listed)
    starts = [longest - length if padding_side == "left" else 0 for length in lengths]
    rows = [place * longest + start + step for place, (start, length) in enumerate(zip(starts, lengths, strict=True))
            for step in range(length)]  # fmt: skip
    flat = moved_rows(
        cat(listed), np.arange(len(rows)), np.asarray(rows, dtype=np.int64), longest * batch, padding_value
    )
    padded: Tensor = flat.reshape(batch, longest, *listed[0].array.shape[1:])
    result: Tensor = padded if batch_first else padded.transpose(0, 1)
    return result

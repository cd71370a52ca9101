"""pack_padded_sequence: the steps of padded sequences, without the padding."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.operators._shared import require_tensor
from adapters.reference.sequences.packed_sequence import PackedSequence, moved_rows, places
from adapters.reference.tensor import Tensor, wrap

__all__ = ["pack_padded_sequence"]


def pack_padded_sequence(
    input: Tensor, lengths: Any, batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """Return the steps of the sequences in ``input`` packed.

    Args:
        input: Of shape (T, B, *), or (B, T, *) if ``batch_first``.
        lengths: The number of steps of each sequence, a tensor or a list.
        batch_first: Whether the batch is the first dimension of ``input``.
        enforce_sorted: Whether the lengths must decrease; they may come in any order otherwise.

    Raises:
        RuntimeError: Lengths that are not positive, too large, not one a sequence, or that increase.
    """
    require_tensor(input, "pack_padded_sequence: input")
    if input.array.ndim < 2:
        raise RuntimeError(f"pack_padded_sequence: input: expected 2 dimensions or more, not {input.array.ndim}")
    steps_first = input.transpose(0, 1) if batch_first else input
    longest, batch = steps_first.array.shape[:2]
    given = np.asarray(lengths.array if isinstance(lengths, Tensor) else lengths).astype(np.int64)
    if given.shape != (batch,) or batch == 0 or given.min() < 1 or given.max() > longest:
        raise RuntimeError(
            f"pack_padded_sequence: lengths: expected {batch} numbers from 1 to {longest}, not {given.tolist()}"
        )
    order = None
    if not enforce_sorted:
        order = np.argsort(-given, kind="stable")
    elif np.any(np.diff(given) > 0):
        raise RuntimeError(
            f"pack_padded_sequence: lengths: expected them to decrease, not {given.tolist()}; give "
            "enforce_sorted=False for sequences in any order"
        )
    ranked = given if order is None else given[order]
    sizes = (ranked[None, :] > np.arange(ranked[0])[:, None]).sum(axis=1)
    rows = places(ranked, batch)
    if order is not None:
        rows = rows // batch * batch + order[rows % batch]
    flat = steps_first.reshape(longest * batch, *steps_first.array.shape[2:])
    data = moved_rows(flat, rows, np.arange(rows.size), rows.size)
    if order is None:
        return PackedSequence(data, wrap(sizes), None, None)
    return PackedSequence(data, wrap(sizes), wrap(order), wrap(np.argsort(order)))

"""Bags of rows: which are refused, and which row is in which."""

from __future__ import annotations

import numpy as np

from adapters.reference.dtype import Array
from adapters.reference.operators.embedding._shared import require_lookup
from adapters.reference.tensor import Tensor

MODES = ("sum", "mean", "max")


def require_bags(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None,
    mode: str,
    not_for_maxima: bool,
    per_sample_weights: Tensor | None,
) -> None:
    """Refuse what does not fit together.

    Raises:
        ValueError: Offsets, weights, mode and options do not fit each other.
    """
    require_lookup("embedding_bag", input, weight)
    if mode not in MODES:
        raise ValueError(f"embedding_bag: mode: expected one of {', '.join(MODES)}, not {mode!r}")
    if mode == "max" and not_for_maxima:
        raise ValueError("embedding_bag: mode 'max' takes neither scale_grad_by_freq nor sparse: leave them False")
    if input.ndim not in (1, 2):
        raise ValueError(f"embedding_bag: input: expected one or two dimensions, not shape {tuple(input.shape)}")
    if input.ndim == 2 and offsets is not None:
        raise ValueError("embedding_bag: offsets: expected None for an input whose rows are the bags")
    if input.ndim == 1 and (offsets is None or offsets.ndim != 1):
        shape = None if offsets is None else tuple(offsets.shape)
        raise ValueError(f"embedding_bag: offsets: expected one dimension for an input of one, not {shape}")
    if per_sample_weights is None:
        return
    if per_sample_weights.array.shape != input.array.shape:
        raise ValueError(
            f"embedding_bag: per_sample_weights: expected shape {tuple(input.shape)}, the input's, "
            f"not {tuple(per_sample_weights.shape)}"
        )
    if mode != "sum":
        raise ValueError(f"embedding_bag: per_sample_weights: expected None with mode {mode!r}: only 'sum' takes them")


def bag_of(input: Array, offsets: Array | None, *, last: bool) -> tuple[Array, int]:
    """Return for each index, in order, the bag that it is in, -1 for none, and the number of bags."""
    if offsets is None:
        return np.repeat(np.arange(input.shape[0]), input.shape[1]), input.shape[0]
    ends = offsets if last else np.append(offsets, input.size)
    bag = np.searchsorted(ends, np.arange(input.size), side="right") - 1
    number = len(ends) - 1
    return np.where(bag < number, bag, -1), number

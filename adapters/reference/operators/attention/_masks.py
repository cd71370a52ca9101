"""Masks of attention: boolean ones, true where nothing attends, and numbers that are added to the scores."""

from __future__ import annotations

import numpy as np

from adapters.reference.arithmetic.elementwise import add
from adapters.reference.arithmetic.joining import cat
from adapters.reference.arithmetic.views import reshape
from adapters.reference.creation import from_numpy
from adapters.reference.dtype import Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor

Shape = tuple[int, int, int, int]
"""Of scores: batch, heads, queries, keys."""


def merged(padding: Tensor | None, mask: Tensor | None, shape: Shape, extra: int, like: Tensor) -> Tensor | None:
    """Return one mask as the core of attention takes it: true where a key takes part, or numbers to add.

    Args:
        padding: Of shape (N, S).
        mask: Of shape (L, S) or (N * num_heads, L, S).
        shape: That of the scores, without further keys.
        extra: How many keys come after those that the masks know; they take part.
        like: Has the dtype of the scores.

    Raises:
        RuntimeError: A mask of another shape or type.
    """
    batch, heads, queries, keys = shape
    parts: list[Tensor] = []
    if padding is not None:
        _require(padding, "key_padding_mask", like, (batch, keys))
        parts.append(reshape(padding, (batch, 1, 1, keys)))
    if mask is not None:
        _require(mask, "attn_mask", like, (queries, keys), (batch * heads, queries, keys))
        parts.append(reshape(mask, shape if mask.ndim == 3 else (1, 1, queries, keys)))
    if not parts:
        return None
    if all(part.array.dtype == np.bool_ for part in parts):
        ignored: Array = parts[0].array if len(parts) == 1 else parts[0].array | parts[1].array
        return from_numpy(~_extended(ignored, extra))
    total = _numbers(parts[0], like)
    for part in parts[1:]:
        total = add(total, _numbers(part, like))
    if extra:
        total = cat([total, from_numpy(np.zeros((*total.array.shape[:-1], extra), total.array.dtype))], -1)
    return total


def _extended(ignored: Array, extra: int) -> Array:
    return np.concatenate([ignored, np.zeros((*ignored.shape[:-1], extra), np.bool_)], -1) if extra else ignored


def _numbers(mask: Tensor, like: Tensor) -> Tensor:
    """Return a mask as numbers to add: negative infinity where a boolean one is true."""
    if mask.array.dtype != np.bool_:
        return mask
    return from_numpy(np.where(mask.array, -np.inf, 0).astype(like.array.dtype))


def _require(mask: Tensor, what: str, like: Tensor, *shapes: tuple[int, ...]) -> None:
    require_tensor(mask, f"MultiheadAttention: {what}")
    if mask.array.dtype not in (np.dtype(np.bool_), like.array.dtype):
        raise RuntimeError(f"MultiheadAttention: {what}: expected bool or {like.dtype}, not {mask.dtype}")
    if mask.array.shape not in shapes:
        raise RuntimeError(
            f"MultiheadAttention: {what}: expected shape {' or '.join(map(str, shapes))}, not {mask.array.shape}"
        )

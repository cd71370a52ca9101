"""scaled_dot_product_attention: values weighed by how well queries and keys agree."""

from __future__ import annotations

import math

import numpy as np

from adapters.reference.arithmetic.views import reshape
from adapters.reference.creation import from_numpy
from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.attention._core import ScaledDotProductFlashAttentionForCpuBackward0
from adapters.reference.tensor import Tensor

__all__ = ["scaled_dot_product_attention"]


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    *,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Tensor:
    """Return ``softmax(query key^T scale + mask) value``.

    Args:
        query: Of shape (..., Hq, L, E).
        key: Of shape (..., H, S, E).
        value: Of shape (..., H, S, Ev).
        attn_mask: Broadcast to (..., Hq, L, S): true where a key takes part, or numbers that are added to the scores.
        dropout_p: The probability with which each weight is dropped, in training or not.
        is_causal: A query attends to no key after its own place.
        scale: The factor of the scores, ``1 / sqrt(E)`` where not given.
        enable_gqa: Let each head of key and value serve ``Hq / H`` consecutive heads of the query.

    Returns:
        A tensor of shape (..., Hq, L, Ev).

    Raises:
        RuntimeError: Shapes or types that do not fit, or a mask together with ``is_causal``.
    """
    _check(query, key, value, attn_mask, dropout_p)
    if is_causal:
        if attn_mask is not None:
            raise RuntimeError(
                "scaled_dot_product_attention: expected no attn_mask with is_causal=True, and both are set: leave one"
            )
        attn_mask = from_numpy(np.tri(query.shape[-2], key.shape[-2], dtype=np.bool_))
    groups = _groups(query, key, value) if enable_gqa else 1
    shape = tuple(query.shape)
    if groups > 1:
        query, key, value, attn_mask = _grouped(query, key, value, attn_mask, groups)
    factor = 1 / math.sqrt(max(shape[-1], 1)) if scale is None else scale
    output: Tensor
    output, _ = ScaledDotProductFlashAttentionForCpuBackward0.apply(
        (query, key, value, attn_mask), factor, float(dropout_p)
    )
    return output if groups == 1 else reshape(output, (*shape[:-1], value.shape[-1]))


def _check(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, dropout: float) -> None:
    name = "scaled_dot_product_attention"
    for what, tensor in (("query", query), ("key", key), ("value", value)):
        require_tensor(tensor, f"{name}: {what}")
        if tensor.ndim < 2:
            raise RuntimeError(f"{name}: {what}: expected at least 2 dimensions, not shape {tuple(tensor.shape)}")
        if tensor.dtype != query.dtype:
            raise RuntimeError(f"{name}: {what}: expected the dtype of query, {query.dtype}, not {tensor.dtype}")
    if query.shape[-1] != key.shape[-1]:
        raise RuntimeError(f"{name}: key: expected {query.shape[-1]} features, as query has, not {key.shape[-1]}")
    if key.shape[-2] != value.shape[-2]:
        raise RuntimeError(f"{name}: value: expected a length of {key.shape[-2]}, as key has, not {value.shape[-2]}")
    if not 0 <= dropout <= 1:
        raise RuntimeError(f"{name}: dropout_p: expected a probability from 0 to 1, not {dropout!r}")
    if mask is not None:
        _check_mask(query, key, mask, f"{name}: attn_mask")


def _check_mask(query: Tensor, key: Tensor, mask: Tensor, what: str) -> None:
    require_tensor(mask, what)
    if mask.array.dtype not in (np.dtype(np.bool_), query.array.dtype):
        raise RuntimeError(f"{what}: expected bool or the dtype of query, {query.dtype}, not {mask.dtype}")
    wanted = (*query.shape[:-1], key.shape[-2])
    try:
        fits = np.broadcast_shapes(tuple(mask.shape), wanted) == wanted
    except ValueError:
        fits = False
    if not fits:
        raise RuntimeError(f"{what}: expected a shape that is broadcast to {wanted}, not {tuple(mask.shape)}")


def _groups(query: Tensor, key: Tensor, value: Tensor) -> int:
    heads, own = int(query.shape[-3]), int(key.shape[-3])
    if value.shape[-3] != own or own == 0 or heads % own:
        raise RuntimeError(
            "scaled_dot_product_attention: enable_gqa: expected key and value to have the same number of heads, a "
            f"divisor of the query's {heads}, not {own} and {value.shape[-3]}"
        )
    return heads // own


def _grouped(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, groups: int
) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """Return all with a dimension for the heads of a group, along which key and value are repeated without copies."""
    query = reshape(query, (*query.shape[:-3], key.shape[-3], groups, *query.shape[-2:]))
    key, value = (reshape(one, (*one.shape[:-2], 1, *one.shape[-2:])) for one in (key, value))
    if mask is None or mask.ndim < 3:
        return query, key, value, mask
    heads = (key.shape[-4], groups) if mask.shape[-3] != 1 else (1, 1)
    return query, key, value, reshape(mask, (*mask.shape[:-3], *heads, *mask.shape[-2:]))

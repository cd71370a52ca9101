"""Attention of several heads: projections in, attention of each head, projection out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from conformance.catalogue.attention._shared import Mask, attended, divided, kept, scores, shares
from conformance.catalogue.linear.linear import linear
from conformance.oracle import Bounded, broadcast_to, concatenate, mean, rearrange, reshape, split

State = Mapping[str, Bounded]


def heads_of(
    query: Bounded,
    key: Bounded,
    value: Bounded,
    state: State,
    num_heads: int,
    *,
    padding: Bounded | Mask | None = None,
    mask: Bounded | Mask | None = None,
    zero: bool = False,
    dropped: bool = False,
) -> tuple[Bounded, Bounded]:
    """Return the output of attention, and the weights of every head.

    Shapes: query (N, L, E), key (N, S, kdim), value (N, S, vdim), padding (N, S), mask (L, S) or (N * num_heads, L, S),
    output (N, L, E), weights (N, num_heads, L, S). Boolean masks are true where nothing attends.

    Args:
        query: What attends.
        key: What is attended to.
        value: What is weighed.
        state: The parameters by their names.
        num_heads: How many heads share the features.
        padding: Which keys are ignored, or what is added to the scores of each.
        mask: Which keys each query ignores, or what is added to the scores.
        zero: Whether a key and a value of zeros come after the others.
        dropped: Whether every weight is dropped.
    """
    batch, length = query.shape[0], key.shape[1]
    q, k, v = projected(query, key, value, state)
    if "bias_k" in state:
        k, v = (_extended(x, state[name]) for x, name in ((k, "bias_k"), (v, "bias_v")))
    q, k, v = (_separated(x, num_heads) for x in (q, k, v))
    if zero:
        nothing = Bounded.input(np.zeros((batch, num_heads, 1, q.shape[-1])), q.arithmetic)
        k, v = concatenate([k, nothing], -2), concatenate([v, nothing], -2)
    takes_part, added = _merged(padding, mask, (batch, num_heads, query.shape[1], length), k.shape[-2])
    numbers = kept(scores(q, k, None, added), takes_part)
    output, weights = attended(numbers, v), shares(numbers)
    if dropped:
        output, weights = output * 0.0, weights * 0.0
    joined = rearrange(output, lambda p: p.swapaxes(1, 2).reshape(*query.shape[:2], -1))
    return linear(joined, state["out_proj.weight"], state.get("out_proj.bias")), weights


def averaged(weights: Bounded) -> Bounded:
    """Return the weights, averaged across the heads."""
    return mean(weights, (1,))


def projected(query: Bounded, key: Bounded, value: Bounded, state: State) -> tuple[Bounded, Bounded, Bounded]:
    """Return the three inputs, each multiplied by its weight, its bias added."""
    features = state["out_proj.weight"].shape[0]
    if "in_proj_weight" in state:
        weights = split(state["in_proj_weight"], [features] * 3)
    else:
        weights = [state[f"{name}_proj_weight"] for name in "qkv"]
    bias = state.get("in_proj_bias")
    biases: list[Any] = [None] * 3 if bias is None else split(bias, [features] * 3)
    q, k, v = (linear(*one) for one in zip((query, key, value), weights, biases, strict=True))
    return q, k, v


def _extended(x: Bounded, bias: Bounded) -> Bounded:
    """Return ``x`` (N, S, E) with one more element, the ``bias`` (1, 1, E), after each sequence."""
    return concatenate([x, broadcast_to(bias, (x.shape[0], 1, x.shape[2]))], 1)


def _separated(x: Bounded, num_heads: int) -> Bounded:
    """Return ``x`` (N, S, E) as (N, num_heads, S, E / num_heads): consecutive features for each head."""
    return rearrange(x, lambda p: p.reshape(*p.shape[:2], num_heads, -1).swapaxes(1, 2))


def _merged(
    padding: Bounded | Mask | None, mask: Bounded | Mask | None, shape: tuple[int, ...], length: int
) -> tuple[Mask | None, Bounded | None]:
    """Return what takes part and what is added to scores of ``shape``, which have ``length`` keys in the end."""
    takes_part: Mask | None = None
    added: Bounded | None = None
    for one, own in ((padding, (shape[0], 1, 1, shape[3])), (mask, _four_dimensions(mask, shape))):
        ignored = one if one is None or isinstance(one, Bounded) else ~np.asarray(one, dtype=np.bool_)
        part, addend = divided(ignored)
        if part is not None:
            whole = _padded(np.broadcast_to(part.reshape(own), shape), length)
            takes_part = whole if takes_part is None else takes_part & whole
        if addend is not None:
            more = broadcast_to(reshape(addend, own), shape)
            added = more if added is None else added + more
    if added is not None and length > shape[3]:
        added = rearrange(added, lambda p: np.pad(p, (*((0, 0),) * 3, (0, length - shape[3])), constant_values=-1))
    return takes_part, added


def _padded(part: Mask, length: int) -> Mask:
    """Return ``part`` with further keys, of which all take part."""
    return np.pad(part, (*((0, 0),) * 3, (0, length - part.shape[3])), constant_values=True)


def _four_dimensions(mask: Bounded | Mask | None, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape in which a mask meets scores of ``shape``: alike for all, or a matrix for each head."""
    return shape if mask is not None and len(mask.shape) == 3 else (1, 1, *shape[2:])

"""What the card of multihead_attention is made of: its definition, how the layer is called, and its cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from conformance.case import Case
from conformance.catalogue.attention._heads import averaged, heads_of
from conformance.catalogue.attention._shared import Mask
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded, rearrange

STATE = {
    "in_proj_weight": "in_proj_weight",
    "q_proj_weight": "q_proj_weight",
    "k_proj_weight": "k_proj_weight",
    "v_proj_weight": "v_proj_weight",
    "in_proj_bias": "in_proj_bias",
    "bias_k": "bias_k",
    "bias_v": "bias_v",
    "out_proj_weight": "out_proj.weight",
    "out_proj_bias": "out_proj.bias",
}


def multihead_attention(
    query: Bounded,
    key: Bounded | None = None,
    value: Bounded | None = None,
    key_padding_mask: Bounded | Mask | None = None,
    attn_mask: Bounded | Mask | None = None,
    num_heads: int = 1,
    batch_first: bool = False,
    add_zero_attn: bool = False,
    need_weights: bool = True,
    average_attn_weights: bool = True,
    dropout: float = 0.0,
    training: bool = True,
    is_causal: bool = False,
    **state: Bounded | None,
) -> tuple[Bounded, ...]:
    """Return the output, and the weights if they are needed, averaged across heads if that is asked for.

    Shapes: query (L, E), (L, N, E) or (N, L, E), key and value alike with S for L; output as query; weights (N, L, S)
    or (N, num_heads, L, S), without N if there is none. A key that is left out is the query, and a value the key.
    """
    del is_causal
    key = query if key is None else key
    inputs = [query, key, key if value is None else value]
    batched = len(query.shape) == 3
    if not batched:
        inputs = [rearrange(x, lambda p: p[None]) for x in inputs]
        key_padding_mask = key_padding_mask if key_padding_mask is None else _one_batch(key_padding_mask)
    elif not batch_first:
        inputs = [_exchanged(x) for x in inputs]
    q, k, v = inputs
    parameters = {STATE[name]: x for name, x in state.items() if x is not None}
    output, weights = heads_of(
        q,
        k,
        v,
        parameters,
        num_heads,
        padding=key_padding_mask,
        mask=attn_mask,
        zero=add_zero_attn,
        dropped=training and dropout == 1.0,
    )
    weights = averaged(weights) if average_attn_weights else weights
    if not batched:
        output, weights = (rearrange(x, lambda p: p[0]) for x in (output, weights))
    elif not batch_first:
        output = _exchanged(output)
    return (output, weights) if need_weights else (output,)


def _exchanged(x: Bounded) -> Bounded:
    return rearrange(x, lambda p: p.swapaxes(0, 1))


def _one_batch(mask: Bounded | Mask) -> Bounded | Mask:
    return rearrange(mask, lambda p: p[None]) if isinstance(mask, Bounded) else mask[None]


def constructed(case: Case) -> dict[str, Any]:
    """Return the constructor's arguments."""
    features = case.shape("out_proj_weight")[0]
    sizes = {} if case.inputs["in_proj_weight"] is not None else _sizes(case)
    kept = {
        name: case.options[name]
        for name in ("num_heads", "batch_first", "add_zero_attn", "dropout")
        if name in case.options
    }
    return {
        "embed_dim": features,
        **kept,
        "bias": case.inputs["in_proj_bias"] is not None,
        "add_bias_kv": case.inputs["bias_k"] is not None,
        **sizes,
    }


def _sizes(case: Case) -> dict[str, int]:
    return {"kdim": case.shape("k_proj_weight")[1], "vdim": case.shape("v_proj_weight")[1]}


def call(module: Any, inputs: Mapping[str, Any], case: Case, operators: Any) -> Any:
    """Call the layer, a key or value that is left out being the very query or key; weights only if they are needed."""
    del operators
    key = inputs["query"] if inputs["key"] is None else inputs["key"]
    options = {
        name: case.options[name]
        for name in ("need_weights", "average_attn_weights", "is_causal")
        if name in case.options
    }
    masks = {name: inputs[name] for name in ("key_padding_mask", "attn_mask") if inputs[name] is not None}
    value = key if inputs["value"] is None else inputs["value"]
    output, weights = module(inputs["query"], key, value, **masks, **options)
    return (output,) if weights is None else (output, weights)


def output_shapes(
    query: tuple[int, ...],
    key: tuple[int, ...] | None,
    num_heads: int = 1,
    batch_first: bool = False,
    need_weights: bool = True,
    average_attn_weights: bool = True,
    **_: Any,
) -> tuple[tuple[int, ...], ...]:
    batched = len(query) == 3
    axis = 1 if batched and batch_first else 0
    lengths: tuple[int, ...] = (query[axis], query[axis] if key is None else key[axis])
    batch: tuple[int, ...] = (query[1 - axis],) if batched else ()
    heads: tuple[int, ...] = () if average_attn_weights else (num_heads,)
    weights: tuple[int, ...] = (*batch, *heads, *lengths)
    return (query, weights) if need_weights else (query,)


def attending(
    name: str,
    query: tuple[int, ...] = (3, 2, 4),
    key: int | None = 5,
    *,
    sizes: tuple[int, int] | None = None,
    padding: Recipe | None = None,
    mask: Recipe | None = None,
    bias: bool = True,
    extra: bool = False,
    **options: Any,
) -> Case:
    """Return a case: the query's shape, the number of keys (None for self-attention), kdim and vdim."""
    features, (kdim, vdim) = query[-1], sizes or (query[-1], query[-1])
    axis = 1 if len(query) == 3 and options.get("batch_first") else 0
    ours = None if key is None else (*query[:axis], key, *query[axis + 1 : -1])
    inputs: dict[str, Recipe | None] = {
        "query": Draw(query),
        "key": None if ours is None else Draw((*ours, kdim)),
        "value": None if ours is None else Draw((*ours, vdim)),
        "key_padding_mask": padding,
        "attn_mask": mask,
        "in_proj_weight": Draw((3 * features, features)) if sizes is None else None,
        "q_proj_weight": None if sizes is None else Draw((features, features)),
        "k_proj_weight": None if sizes is None else Draw((features, kdim)),
        "v_proj_weight": None if sizes is None else Draw((features, vdim)),
        "in_proj_bias": Draw((3 * features,)) if bias else None,
        "bias_k": Draw((1, 1, features)) if extra else None,
        "bias_v": Draw((1, 1, features)) if extra else None,
        "out_proj_weight": Draw((features, features)),
        "out_proj_bias": Draw((features,)) if bias else None,
    }
    return Case(name, inputs, {"num_heads": 2, **options})


def ignoring(shape: tuple[int, ...], seed: int = 0) -> Values:
    """Return a boolean mask of ``shape`` that ignores something, and nowhere everything along the last axis."""
    ignored = np.random.default_rng(seed).random(shape) < 0.5
    ignored[..., seed % shape[-1]] = False
    return Values(ignored.tolist(), "bool")


def later(length: int) -> Values:
    """Return the boolean mask that ignores what comes later."""
    return Values(np.triu(np.ones((length, length), dtype=bool), 1).tolist(), "bool")

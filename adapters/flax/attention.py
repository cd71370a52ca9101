"""``nnx.MultiHeadAttention`` as torch's: sequences before batches, packed projections, masks of what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import jax.numpy as jnp
from flax import nnx

from adapters.contract import Native, Unsupported
from adapters.flax.modules import Made, Making, Options, Parameter
from adapters.translation import renamed

_NAMES = {"embed_dim": "in_features", "num_heads": "num_heads", "bias": "use_bias", "dropout": "dropout_rate"}


def attention(options: Options, making: Making) -> Made:
    """Make the layer."""
    given = dict(options)
    batch_first = given.pop("batch_first", False)
    for switch in ("add_bias_kv", "add_zero_attn"):
        if given.pop(switch, False):
            raise Unsupported(f"nn.MultiheadAttention: {switch}=")
    kdim, vdim = (given.pop(name, None) for name in ("kdim", "vdim"))
    if kdim != vdim:
        raise Unsupported("nn.MultiheadAttention: kdim other than vdim")
    module = nnx.MultiHeadAttention(
        **renamed("nn.MultiheadAttention", given, _NAMES),
        in_kv_features=kdim,
        deterministic=not making.training,
        decode=False,
        **making.arguments("kernel", "bias"),
    )
    call = partial(_called, batch_first=batch_first, heads=given["num_heads"])
    return Made(module, _parameters(given, packed=kdim is None), call)


def _parameters(options: Options, *, packed: bool) -> list[Parameter]:
    heads = options["num_heads"]
    entries = []
    for part in ("query", "key", "value"):
        name = "in_proj_weight" if packed else f"{part[0]}_proj_weight"
        entries.append(
            Parameter(
                name,
                (part, "kernel"),
                lambda array: array.T.reshape(array.shape[1], heads, -1),
                lambda array: array.reshape(array.shape[0], -1).T,
            )
        )
        if options.get("bias", True):
            entries.append(
                Parameter(
                    "in_proj_bias",
                    (part, "bias"),
                    lambda array: array.reshape(heads, -1),
                    lambda array: array.reshape(-1),
                )
            )
    entries.append(
        Parameter(
            "out_proj.weight",
            ("out", "kernel"),
            lambda array: array.T.reshape(heads, -1, array.shape[0]),
            lambda array: array.reshape(-1, array.shape[-1]).T,
        )
    )
    if options.get("bias", True):
        entries.append(Parameter("out_proj.bias", ("out", "bias")))
    return entries


def _called(
    module: Any,
    query: Native,
    key: Native,
    value: Native,
    key_padding_mask: Native | None = None,
    attn_mask: Native | None = None,
    *,
    need_weights: bool = True,
    average_attn_weights: bool = True,
    is_causal: bool = False,
    batch_first: bool,
    heads: int,
) -> tuple[Native, Native | None]:
    if need_weights and average_attn_weights:
        raise Unsupported("MultiheadAttention: average_attn_weights=, its weights are those of each head")
    swapped = query.ndim == 3 and not batch_first
    inputs = [jnp.swapaxes(one, 0, 1) if swapped else one for one in (query, key, value)]
    del is_causal  # it says what the mask is, which the mask says too
    output = module(*inputs, mask=_mask(key_padding_mask, attn_mask, heads), sow_weights=need_weights)
    weights = module.attention_weights.get_value()[0] if need_weights else None
    return jnp.swapaxes(output, 0, 1) if swapped else output, weights


def _mask(padding: Native | None, mask: Native | None, heads: int) -> Native | None:
    """Return what attends: nnx's masks are true where torch's are false, and of (batch, heads, query, key)."""
    masks: Sequence[Native | None] = (padding, mask)
    if any(one is not None and one.dtype != bool for one in masks):
        raise Unsupported("MultiheadAttention: floating-point masks")
    if padding is not None:
        padding = ~padding[..., None, None, :]
    if mask is not None:
        mask = ~(mask.reshape(-1, heads, *mask.shape[1:]) if mask.ndim == 3 else mask)
    return padding if mask is None else mask if padding is None else jnp.logical_and(padding, mask)

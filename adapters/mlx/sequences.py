"""torch's layers of recurrence and attention as those of ``mlx.nn``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mlx.core as mx
from mlx import nn

from adapters.contract import Native, Unsupported
from adapters.mlx.layers import Arrays, Layer
from adapters.translation import renamed


def recurrent(name: str, options: dict[str, Any]) -> Layer:
    """Return MLX's layer of a recurrence: the states of every step are its output, the last ones the final states."""
    batch_first = options.pop("batch_first", False)
    for option, least in (("num_layers", 1), ("dropout", 0.0), ("proj_size", 0), ("bidirectional", False)):
        if options.pop(option, least) != least:
            raise Unsupported(f"nn.{name}: {option}=")
    names = {"input_size": "input_size", "hidden_size": "hidden_size", "bias": "bias"}
    given = renamed(name, options, {**names, "nonlinearity": "nonlinearity"} if name == "RNN" else names)
    if "nonlinearity" in given:
        given["nonlinearity"] = {"tanh": nn.tanh, "relu": nn.relu}[given["nonlinearity"]]

    def forward(module: Any, input: Native, states: Native | tuple[Native, ...] | None = None) -> Native:
        if not hasattr(input, "ndim"):
            raise Unsupported("packed sequences")
        by_time = input.ndim == 3 and not batch_first
        first = () if states is None else states if isinstance(states, tuple) else (states,)
        found = module(mx.swapaxes(input, 0, 1) if by_time else input, *(state[0] for state in first))
        every = found if isinstance(found, tuple) else (found,)
        finals = tuple(one[..., -1, :][None] for one in every)  # MLX returns the states of every step
        output = mx.swapaxes(every[0], 0, 1) if by_time else every[0]
        return output, finals if len(finals) > 1 else finals[0]

    inward, outward = (
        (_gru_in, _gru_out) if name == "GRU" else _one_bias("Wx", "Wh") if name == "LSTM" else _one_bias("Wxh", "Whh")
    )
    return Layer(getattr(nn, name)(**given), forward, inward, outward, given.get("bias", True))


def _one_bias(input_weight: str, hidden_weight: str) -> tuple[Callable[[Arrays], Arrays], Callable[[Arrays], Arrays]]:
    """Return the ways in and out for a layer that has one bias where torch has two that are added."""

    def inward(state: Arrays) -> dict[str, Native]:
        own = {input_weight: state["weight_ih_l0"], hidden_weight: state["weight_hh_l0"]} if state else {}
        return {**own, "bias": state["bias_ih_l0"] + state["bias_hh_l0"]} if "bias_ih_l0" in state else own

    def outward(own: Arrays) -> dict[str, Native]:
        both = {f"bias_{part}_l0": own["bias"] for part in ("ih", "hh") if "bias" in own}
        return {"weight_ih_l0": own[input_weight], "weight_hh_l0": own[hidden_weight], **both}

    return inward, outward


def _gru_in(state: Arrays) -> dict[str, Native]:
    own = {"Wx": state["weight_ih_l0"], "Wh": state["weight_hh_l0"]} if state else {}
    if "bias_ih_l0" not in state:
        return own
    gates = 2 * (state["bias_hh_l0"].shape[0] // 3)  # of the third, MLX keeps the two biases apart, as it must
    hidden = state["bias_hh_l0"]
    of_gates = mx.concatenate([hidden[:gates], mx.zeros_like(hidden[gates:])])
    return {**own, "b": state["bias_ih_l0"] + of_gates, "bhn": hidden[gates:]}


def _gru_out(own: Arrays) -> dict[str, Native]:
    found = {"weight_ih_l0": own["Wx"], "weight_hh_l0": own["Wh"]}
    if "b" not in own:
        return found
    gates = 2 * (own["b"].shape[0] // 3)
    return {**found, "bias_ih_l0": own["b"], "bias_hh_l0": mx.concatenate([own["b"][:gates], own["bhn"]])}


_PROJECTIONS = ("query_proj", "key_proj", "value_proj")


def attention(name: str, options: dict[str, Any]) -> Layer:
    """Return MLX's layer of attention, whose three projections are layers of their own."""
    batch_first = options.pop("batch_first", False)
    for option in ("add_bias_kv", "add_zero_attn", "dropout"):
        if options.pop(option, False):
            raise Unsupported(f"nn.{name}: {option}=")
    names = {"embed_dim": "dims", "num_heads": "num_heads", "kdim": "key_input_dims", "vdim": "value_input_dims"}
    module = nn.MultiHeadAttention(**renamed(name, {"bias": True, **options}, {**names, "bias": "bias"}))

    def forward(module: Any, *inputs: Native, need_weights: bool = True, **masks: Any) -> tuple[Native, None]:
        if need_weights:
            raise Unsupported(f"nn.{name}: need_weights=")
        batched = inputs[0].ndim == 3
        for hint in ("is_causal", "average_attn_weights"):
            masks.pop(hint, None)
        mask = _mask(masks, module.num_heads, batched=batched)
        if not batched:
            return module(*(one[None] for one in inputs), mask)[0], None
        if batch_first:
            return module(*inputs, mask), None
        return mx.swapaxes(module(*(mx.swapaxes(one, 0, 1) for one in inputs), mask), 0, 1), None

    return Layer(module, forward, _attention_in, _attention_out)


def _mask(masks: dict[str, Native], heads: int, *, batched: bool) -> Native | None:
    if len(masks) == 2:
        raise Unsupported("nn.MultiheadAttention: attn_mask= and key_padding_mask= together")
    if not masks:
        return None
    ((name, mask),) = masks.items()
    if mask.dtype == mx.bool_:
        mask = mx.logical_not(mask)  # torch's is True where nothing is attended to, that of mx.fast where something is
    if name == "key_padding_mask":
        return (mask if batched else mask[None])[:, None, None]
    return mask.reshape(-1, heads, *mask.shape[1:]) if mask.ndim == 3 else mask


def _attention_in(state: Arrays) -> dict[str, Native]:
    own = {}
    for part in ("weight", "bias"):
        if f"in_proj_{part}" in state:
            for projection, array in zip(_PROJECTIONS, mx.split(state[f"in_proj_{part}"], 3), strict=True):
                own[f"{projection}.{part}"] = array
        if f"out_proj.{part}" in state:
            own[f"out_proj.{part}"] = state[f"out_proj.{part}"]
    of_each = {
        f"{one}_proj.weight": state[f"{one[0]}_proj_weight"]
        for one in ("query", "key", "value")
        if f"{one[0]}_proj_weight" in state
    }
    return {**own, **of_each}


def _attention_out(own: Arrays) -> dict[str, Native]:
    found = {name: array for name, array in own.items() if name.startswith("out_proj")}
    weights = [own[f"{projection}.weight"] for projection in _PROJECTIONS]
    if len({weight.shape for weight in weights}) == 1:
        found["in_proj_weight"] = mx.concatenate(weights)
    else:
        found |= {f"{name[0]}_proj_weight": weight for name, weight in zip(_PROJECTIONS, weights, strict=True)}
    if "query_proj.bias" in own:
        found["in_proj_bias"] = mx.concatenate([own[f"{projection}.bias"] for projection in _PROJECTIONS])
    return found

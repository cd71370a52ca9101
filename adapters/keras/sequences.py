"""torch's layers of sequences as Keras's: recurrent ones of one layer, and attention.

Keras has one bias where LSTM and RNN of torch have two, which add up in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from keras import layers, ops

from adapters.contract import Native, Unsupported
from adapters.keras.layers import Plan, Slot
from adapters.keras.layout import dtype_of

_GATES = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}


def _reordered(name: str, rows: Native) -> Native:
    """Return rows of gates in the other's order: GRU has reset before update in torch, and after it in Keras."""
    if name != "GRU":
        return rows
    first, second, third = ops.split(rows, 3)
    return ops.concatenate([second, first, third])


def _slots(name: str, cell: str, suffix: str) -> dict[str, tuple[Slot, ...]]:
    """Return where the parameters of one recurrence are kept, in the cell at ``cell``."""
    turn = partial(_reordered, name)

    def to(weight: Native) -> Native:
        return ops.transpose(turn(weight))

    def back(kernel: Native) -> Native:
        return turn(ops.transpose(kernel))

    def bias(row: int) -> Slot:
        if name == "GRU":  # whose biases are two rows of one variable
            rows = [ops.zeros_like, turn] if row else [turn, ops.zeros_like]
            return Slot(f"{cell}bias", lambda b: ops.stack([made(b) for made in rows]), lambda b: turn(b[row]))
        return Slot(f"{cell}bias", back=_refuse_apart)

    return {
        f"weight_ih{suffix}": (Slot(f"{cell}kernel", to, back),),
        f"weight_hh{suffix}": (Slot(f"{cell}recurrent_kernel", to, back),),
        f"bias_ih{suffix}": (bias(0),),
        f"bias_hh{suffix}": (bias(1),),
    }


def _refuse_apart(_: Native) -> Native:
    raise Unsupported("bias_ih and bias_hh apart from each other")


def _options(name: str, nonlinearity: str) -> dict[str, Any]:
    return {"activation": nonlinearity} if name == "SimpleRNN" else {}


def _cell(
    name: str, input_size: int, hidden_size: int, *, bias: bool = True, nonlinearity: str = "tanh", dtype: str
) -> Plan:
    layer = getattr(layers, f"{name}Cell")(hidden_size, use_bias=bias, dtype=dtype, **_options(name, nonlinearity))

    def call(layer: Any, input: Native, states: Any = None) -> Native:
        given = layer.get_initial_state(input.shape[0]) if states is None else _listed(states)
        _, found = layer(input, given if isinstance(given, list) else [given])
        return tuple(found) if name == "LSTM" else found[0]

    return Plan(layer, _slots(name, "", ""), lambda layer, _: layer.build((None, input_size)), (2,), call=call)


def _listed(states: Any) -> list[Native]:
    return list(states) if isinstance(states, tuple) else [states]


def _recurrent(
    name: str,
    input_size: int,
    hidden_size: int,
    *,
    bias: bool = True,
    batch_first: bool = False,
    bidirectional: bool = False,
    nonlinearity: str = "tanh",
    dtype: str,
) -> Plan:
    layer = getattr(layers, name)(
        hidden_size,
        use_bias=bias,
        return_sequences=True,
        return_state=True,
        dtype=dtype,
        **_options(name, nonlinearity),
    )
    slots = _slots(name, "cell.", "_l0")
    if bidirectional:
        layer = layers.Bidirectional(layer, dtype=dtype)
        forward = _slots(name, "forward_layer.cell.", "_l0")
        slots = {**forward, **_slots(name, "backward_layer.cell.", "_l0_reverse")}
    number = 2 if name == "LSTM" else 1

    def call(layer: Any, input: Native, states: Any = None) -> Native:
        given = [] if states is None else _listed(states)
        # torch's states are (directions, N, features) each, Keras's those of one direction after those of the other.
        initial = [ops.take(state, way, axis=0) for way in range(1 + bidirectional) for state in given]
        batch = input if batch_first else ops.swapaxes(input, 0, 1)
        output, *found = layer(batch, initial_state=initial) if initial else layer(batch)
        finals = tuple(ops.stack(found[kind::number]) for kind in range(number))
        return (output if batch_first else ops.swapaxes(output, 0, 1)), finals if name == "LSTM" else finals[0]

    return Plan(layer, slots, lambda layer, _: layer.build((None, None, input_size)), (3,), call=call)


def _attention(
    embed_dim: int, num_heads: int, *, bias: bool = True, batch_first: bool = False, dropout: float = 0.0, dtype: str
) -> Plan:
    size = embed_dim // num_heads
    layer = layers.MultiHeadAttention(num_heads, size, dropout=dropout, use_bias=bias, dtype=dtype)

    def to(weight: Native) -> Native:
        return ops.reshape(ops.transpose(weight), (embed_dim, num_heads, size))

    def back(kernel: Native) -> Native:
        return ops.transpose(ops.reshape(kernel, (embed_dim, embed_dim)))

    def of_heads(bias: Native) -> Native:
        return ops.reshape(bias, (num_heads, size))

    def at_once(bias: Native) -> Native:
        return ops.reshape(bias, (embed_dim,))

    parts = [f"{part}_dense" for part in ("query", "key", "value")]
    slots = {
        "in_proj_weight": tuple(Slot(f"{part}.kernel", to, back) for part in parts),
        "in_proj_bias": tuple(Slot(f"{part}.bias", of_heads, at_once) for part in parts),
        "out_proj.weight": (
            Slot(
                "output_dense.kernel",
                lambda weight: ops.reshape(ops.transpose(weight), (num_heads, size, embed_dim)),
                back,
            ),
        ),
        "out_proj.bias": (Slot("output_dense.bias"),),
    }

    def call(
        layer: Any,
        query: Native,
        key: Native,
        value: Native,
        *,
        attn_mask: Native | None = None,
        key_padding_mask: Native | None = None,
        need_weights: bool = True,
        average_attn_weights: bool = True,
        training: bool,
        is_causal: bool = False,
    ) -> Native:
        if average_attn_weights and need_weights:
            raise Unsupported("nn.MultiheadAttention: weights averaged across heads")
        mask = _attended(attn_mask, key_padding_mask)
        q, k, v = (one if batch_first else ops.swapaxes(one, 0, 1) for one in (query, key, value))
        given = {"attention_mask": mask, "training": training, "use_causal_mask": is_causal and mask is None}
        output, weights = (
            layer(q, v, k, return_attention_scores=True, **given)
            if need_weights
            else (
                layer(q, v, k, **given),
                None,
            )
        )
        return (output if batch_first else ops.swapaxes(output, 0, 1)), weights

    def build(layer: Any, _: Any) -> None:
        layer.build(*((None, None, embed_dim),) * 3)

    return Plan(layer, slots, build, (3,), by_training=True, call=call)


def _attended(mask: Native | None, padding: Native | None) -> Native | None:
    """Return a mask of what is attended to, as Keras has it, of torch's masks of what is not."""
    if padding is None and mask is None:
        return None
    if padding is None and mask is not None and len(mask.shape) == 2 and dtype_of(mask) == "bool":
        return ops.expand_dims(ops.logical_not(mask), 0)
    raise Unsupported("nn.MultiheadAttention: masks but for boolean ones of all queries and keys")


SEQUENCES: Mapping[str, Callable[..., Plan]] = {
    "LSTM": partial(_recurrent, "LSTM"),
    "GRU": partial(_recurrent, "GRU"),
    "RNN": partial(_recurrent, "SimpleRNN"),
    "LSTMCell": partial(_cell, "LSTM"),
    "GRUCell": partial(_cell, "GRU"),
    "RNNCell": partial(_cell, "SimpleRNN"),
    "MultiheadAttention": _attention,
}

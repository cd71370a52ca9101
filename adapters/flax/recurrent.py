"""Recurrent cells of nnx, alone and over sequences. Each has one bias where torch has two that are added."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import jax.numpy as jnp
from flax import nnx

from adapters.contract import Native, Unsupported
from adapters.flax.modules import Made, Making, Options, Parameter, Place, transposed
from adapters.translation import renamed

_SIZES = {"input_size": "in_features", "hidden_size": "hidden_features"}


def cell(name: str, options: Options, making: Making) -> Made:
    """Make a cell: ``nnx.LSTMCell`` has a matrix for each gate, the others one for all."""
    given = dict(options)
    given.pop("bias", None)  # a bias of zeros, as a new cell has it, is none
    pair = name == "LSTM"
    module = _made(nnx.LSTMCell if pair else _CELLS[name], f"nn.{name}Cell", given, making)
    entries = _separate() if pair else _fused(name, ())
    return Made(module, entries, partial(_one_step, pair=pair))


def layer(name: str, options: Options, making: Making) -> Made:
    """Make ``nnx.RNN`` of a cell, or ``nnx.Bidirectional`` of two."""
    given = dict(options)
    given.pop("bias", None)
    time_major, both = not given.pop("batch_first", False), given.pop("bidirectional", False)
    if given.pop("num_layers", 1) != 1:
        raise Unsupported(f"nn.{name}: num_layers other than 1")
    if given.pop("dropout", 0.0):
        raise Unsupported(f"nn.{name}: dropout=")
    ways = [nnx.RNN(_made(_CELLS[name], f"nn.{name}", given, making)) for _ in range(1 + both)]
    module = nnx.Bidirectional(*ways) if both else ways[0]
    places = {"_l0": ("forward_rnn", "cell"), "_l0_reverse": ("backward_rnn", "cell")} if both else {"_l0": ("cell",)}
    entries = [entry for suffix, place in places.items() for entry in _fused(name, place, suffix)]
    return Made(module, entries, partial(_sequence, pair=name == "LSTM", both=both, time_major=time_major))


_CELLS: Mapping[str, Any] = {"LSTM": nnx.OptimizedLSTMCell, "GRU": nnx.GRUCell, "RNN": nnx.SimpleCell}


def _made(constructor: Any, name: str, options: Options, making: Making) -> nnx.Module:
    given = dict(options)
    own = {}
    if constructor is nnx.SimpleCell and "nonlinearity" in given:
        own["activation_fn"] = {"tanh": nnx.tanh, "relu": nnx.relu}[given.pop("nonlinearity")]
    return constructor(**renamed(name, given, _SIZES), **own, **making.arguments("kernel", "recurrent_kernel", "bias"))


def _fused(kind: str, place: Place, suffix: str = "") -> list[Parameter]:
    """Return the parameters of a cell whose gates share a matrix; GRUCell has no bias of the hidden state at all."""
    entries = [
        Parameter(f"weight_{part}{suffix}", (*place, dense, "kernel"), transposed, transposed)
        for part, dense in (("ih", "dense_i"), ("hh", "dense_h"))
    ]
    own, other, dense = ("hh", "ih", "dense_h") if kind == "LSTM" else ("ih", "hh", "dense_i")
    entries.append(Parameter(f"bias_{own}{suffix}", (*place, dense, "bias")))
    if kind != "GRU":
        entries.append(Parameter(f"bias_{other}{suffix}", (*place, dense, "bias"), read=False))
    return entries


def _separate() -> list[Parameter]:
    """Return the parameters of ``nnx.LSTMCell``, gates in torch's order."""
    gates = (("ii", "hi"), ("if_", "hf"), ("ig", "hg"), ("io", "ho"))
    return [
        entry
        for inward, onward in gates
        for entry in (
            Parameter("weight_ih", (inward, "kernel"), transposed, transposed),
            Parameter("weight_hh", (onward, "kernel"), transposed, transposed),
            Parameter("bias_hh", (onward, "bias")),
            Parameter("bias_ih", (onward, "bias"), read=False),
        )
    ]


def _one_step(module: Any, input: Native, states: Any = None, *, pair: bool) -> Native:
    carry = module.initialize_carry(input.shape, nnx.Rngs(0)) if states is None else states[::-1] if pair else states
    after, _ = module(carry, input)
    return after[::-1] if pair else after


def _sequence(
    module: Any, input: Native, states: Any = None, *, pair: bool, both: bool, time_major: bool
) -> tuple[Native, Any]:
    """Call a layer. torch's states have an axis of directions, and h before c; nnx's are pairs, and c before h."""
    carry = None
    if states is not None:
        ways = [tuple(state[way] for state in states[::-1]) if pair else states[way] for way in range(1 + both)]
        carry = tuple(ways) if both else ways[0]
    after, output = module(input, initial_carry=carry, time_major=time_major, return_carry=True)
    ways = list(after) if both else [after]
    if pair:
        return output, tuple(jnp.stack([way[part] for way in ways]) for part in (1, 0))
    return output, jnp.stack(ways)

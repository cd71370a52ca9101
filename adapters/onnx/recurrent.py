"""ONNX's recurrent operators as the layers of ``torch.nn`` that they are: one layer, in one direction or in both.

A gate is a block of rows of the weights. The blocks are put in ONNX's order, the two directions are stacked, and where
ONNX keeps sequences, directions and batches in another order, axes change places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from adapters.contract import Array, Native, Unsupported
from adapters.onnx.base import OnnxBackend


@dataclass(frozen=True)
class Kind:
    """A kind of recurrence.

    Args:
        gates: For each of ONNX's gates, in its order, which of torch's it is.
        states: How many states it has.
        attributes: What the operator is told besides.
    """

    gates: tuple[int, ...]
    states: int
    attributes: Mapping[str, Any]


_KINDS: Mapping[str, Kind] = {
    "GRU": Kind((1, 0, 2), 1, {"linear_before_reset": 1}),  # z, r, h of torch's r, z, n
    "LSTM": Kind((0, 3, 1, 2), 2, {}),  # i, o, f, c of torch's i, f, g, o
    "RNN": Kind((0,), 1, {}),
}

_ACTIVATIONS = {"tanh": "Tanh", "relu": "Relu"}


class Recurrent(OnnxBackend):
    """Backends with the layers GRU, LSTM and RNN; ONNX has no others."""

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return a function that runs the operator with the parameters in ``state``."""
        del dtype, training  # the parameters have the one, and nothing in the operators depends on the other
        if name not in _KINDS:
            raise Unsupported(f"nn.{name}")
        return _made(self._several, name, state, **options)


def _made(
    run: Callable[..., Sequence[Native]],
    name: str,
    parameters: Mapping[str, Array],
    *,
    input_size: int,
    hidden_size: int,
    num_layers: int = 1,
    bias: bool = True,
    batch_first: bool = False,
    bidirectional: bool = False,
    nonlinearity: str = "tanh",
    **lacking: Any,
) -> Callable[..., Native]:
    del input_size  # the weights say it
    if lacking or num_layers != 1:
        raise Unsupported(f"{name}: {', '.join(f'{option}=' for option in lacking) or 'more than one layer'}")
    if not parameters:
        raise Unsupported(f"the initial state of nn.{name}")
    kind, suffixes = _KINDS[name], ("_l0", "_l0_reverse") if bidirectional else ("_l0",)
    weights = [_stacked(parameters, part, suffixes, kind) for part in ("weight_ih", "weight_hh")]
    biases = [_stacked(parameters, part, suffixes, kind) for part in ("bias_ih", "bias_hh")] if bias else []
    attributes = {
        **kind.attributes,
        "hidden_size": hidden_size,
        "direction": "bidirectional" if bidirectional else "forward",
    }
    if name == "RNN":
        attributes["activations"] = [_ACTIVATIONS.get(nonlinearity, nonlinearity)] * len(suffixes)

    def call(input: Native, states: Native | tuple[Native, ...] | None = None) -> Native:
        alone = input.ndim == 2
        given = () if states is None else states if isinstance(states, tuple) else (states,)
        first = [state[:, None] if alone else state for state in given]
        swapped = batch_first and not alone
        inputs = [
            input[:, None] if alone else input,
            *weights,
            np.concatenate(biases, axis=1) if biases else None,
            None,  # the lengths of sequences
            *(np.swapaxes(state, 0, 1) if swapped else state for state in first),
        ]
        output, *finals = run(name, inputs, [input.dtype] * (1 + kind.states), **attributes, layout=swapped)
        if not swapped:
            output = np.moveaxis(output, 1, 2)  # the direction behind the batch
        output = output.reshape(*output.shape[:2], -1)
        last = [final.swapaxes(0, 1) if swapped else final for final in finals]
        if alone:
            output, last = output[:, 0], [final[:, 0] for final in last]
        return output, last[0] if len(last) == 1 else tuple(last)

    return call


def _stacked(parameters: Mapping[str, Array], part: str, suffixes: Sequence[str], kind: Kind) -> Array:
    """Return ``part`` of every direction, its gates in ONNX's order."""
    every = []
    for suffix in suffixes:
        gates = np.split(parameters[part + suffix], len(kind.gates))
        every.append(np.concatenate([gates[gate] for gate in kind.gates]))
    return np.stack(every)

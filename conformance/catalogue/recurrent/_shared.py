"""What recurrent layers share: one step of each kind, and the parameters that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from conformance.catalogue.normalization._shared import admitting
from conformance.oracle import Bounded, concatenate, matmul, rearrange, relu, reshape, sigmoid, split, tanh

Weights = Mapping[str, Bounded | None]
"""The parameters of one step: ``weight_ih``, ``weight_hh``, ``bias_ih``, ``bias_hh`` and ``weight_hr``, if given."""

States = tuple[Bounded, ...]
"""What a step hands to the next one, each (N, features): the hidden state, and the cell state of an LSTM."""

Step = Callable[[Bounded, States, Weights], States]


@dataclass(frozen=True)
class Kind:
    """A kind of recurrence.

    Args:
        step: One step: the features (N, H_in), the states before it and the parameters, to the states after it.
        gates: How many blocks of ``hidden_size`` rows its weights have.
        states: The names of the initial states.
    """

    step: Step
    gates: int
    states: tuple[str, ...] = ("h_0",)


def transposed(x: Bounded) -> Bounded:
    """Return the first two axes of ``x`` exchanged."""
    return rearrange(x, lambda p: p.swapaxes(0, 1))


def affine(*pairs: tuple[Bounded, Bounded, Bounded | None]) -> Bounded:
    """Return the sum of x W^T + b over all ``pairs`` (x, W, b), its products and biases added in any order.

    Shapes: x (N, K), W (M, K), b (M); the result is (N, M).
    """
    arithmetic, rows = pairs[0][0].arithmetic, pairs[0][0].shape[0]
    one = Bounded.input(np.ones((rows, 1)), arithmetic)
    biases = [bias for _, _, bias in pairs if bias is not None]
    factors = [x for x, _, _ in pairs] + [one for _ in biases]
    weights = [weight for _, weight, _ in pairs] + [reshape(bias, (bias.shape[0], 1)) for bias in biases]
    return matmul(concatenate(factors, 1), transposed(concatenate(weights, 1)))


def _both(x: Bounded, h: Bounded, w: Weights) -> Bounded:
    """Return W_ih x + b_ih + W_hh h + b_hh."""
    return affine((x, _given(w, "weight_ih"), w.get("bias_ih")), (h, _given(w, "weight_hh"), w.get("bias_hh")))


def elman(nonlinearity: str) -> Step:
    """Return the step h' = f(W_ih x + b_ih + W_hh h + b_hh), f being ``tanh`` or ``relu``."""
    function = {"tanh": tanh, "relu": relu}[nonlinearity]
    return lambda x, states, w: (function(_both(x, states[0], w)),)


def lstm_step(x: Bounded, states: States, w: Weights) -> States:
    """Return h' = o tanh(c') and c' = f c + i g; the gates i, f, g, o in that order, each of hidden_size rows.

    With ``weight_hr`` the hidden state is projected: h' = W_hr (o tanh(c')).
    """
    h, c = states
    gates = _both(x, h, w)
    i, f, g, o = split(gates, [gates.shape[1] // 4] * 4, 1)
    cell = sigmoid(f) * c + sigmoid(i) * tanh(g)
    hidden = sigmoid(o) * tanh(cell)
    projection = w.get("weight_hr")
    return (hidden if projection is None else matmul(hidden, transposed(projection))), cell


def gru_step(x: Bounded, states: States, w: Weights) -> States:
    """Return h' = (1 - z) n + z h with n = tanh(W_in x + b_in + r (W_hn h + b_hn)); the gates r, z, n in that order.

    It may be computed as n + z (h - n), too.
    """
    (h,) = states
    size = h.shape[1]
    inner, outer = _blocks(w, "ih", size), _blocks(w, "hh", size)
    r, z = (sigmoid(affine((x, *inner[k]), (h, *outer[k]))) for k in range(2))
    n = tanh(affine((x, *inner[2])) + r * affine((h, *outer[2])))
    return (admitting((1.0 - z) * n + z * h, n + z * (h - n)),)


def _blocks(w: Weights, which: str, size: int) -> Sequence[tuple[Bounded, Bounded | None]]:
    """Return weight and bias of each of the three gates."""
    weights, bias = split(_given(w, f"weight_{which}"), [size] * 3), w.get(f"bias_{which}")
    biases: Sequence[Bounded | None] = [None] * 3 if bias is None else split(bias, [size] * 3)
    return list(zip(weights, biases, strict=True))


def _given(w: Weights, name: str) -> Bounded:
    found = w.get(name)
    if found is None:
        raise ValueError(f"a recurrent step needs {name}; it has {sorted(w)}")
    return found


RNN, RELU = Kind(elman("tanh"), 1), Kind(elman("relu"), 1)
LSTM = Kind(lstm_step, 4, ("h_0", "c_0"))
GRU = Kind(gru_step, 3)


def cell(
    kind: Kind, input: Bounded, states: Mapping[str, Bounded | None], given: Mapping[str, Any]
) -> tuple[Bounded, ...]:
    """Return the states after one step from ``states``, zeros where they are None.

    Shapes: input (N, H_in), states (N, hidden_size); or all without N.
    """
    batched = len(input.shape) == 2
    x = input if batched else reshape(input, (1, *input.shape))
    zeros = Bounded.input(np.zeros((x.shape[0], given["weight_hh"].shape[1])), x.arithmetic)
    before = [zeros if (state := states[name]) is None else reshape(state, zeros.shape) for name in kind.states]
    after = kind.step(x, tuple(before), given)
    return after if batched else tuple(reshape(state, state.shape[1:]) for state in after)

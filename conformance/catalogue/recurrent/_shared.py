"""What recurrent layers share: one step of each kind, and the parameters that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import (
    Bounded,
    Contraction,
    concatenate,
    one_of,
    rearrange,
    relu,
    reshape,
    sigmoid,
    split,
    tanh,
)

Weights = Mapping[str, Bounded | None]
"""The parameters of one step: ``weight_ih``, ``weight_hh``, ``bias_ih``, ``bias_hh`` and ``weight_hr``, if given."""

States = tuple[Bounded, ...]
"""What a step hands to the next one, each (N, features): the hidden state, and the cell state of an LSTM."""

Step = Callable[[Bounded, States], States]
"""The features (N, H_in) and the states before a step, to the states after it."""


@dataclass(frozen=True)
class Kind:
    """A kind of recurrence.

    Args:
        step: Takes parameters to the step that they make.
        gates: How many blocks of ``hidden_size`` rows its weights have.
        states: The names of the initial states.
    """

    step: Callable[[Weights], Step]
    gates: int
    states: tuple[str, ...] = ("h_0",)


def transposed(x: Bounded) -> Bounded:
    """Return the first two axes of ``x`` exchanged."""
    return rearrange(x, lambda p: p.swapaxes(0, 1))


class Affine:
    """The sum of x W^T + b over several pairs (W, b), its products and biases added in any order.

    Where sums accumulate in a longer type than they are kept in, each pair's part may be kept before all are added.

    Args:
        pairs: Weights (M, K) and biases (M), or None.
    """

    def __init__(self, *pairs: tuple[Bounded, Bounded | None]) -> None:
        weights = [transposed(weight) for weight, _ in pairs]
        biases = [reshape(bias, (1, bias.shape[0])) for _, bias in pairs if bias is not None]
        self._matrix = concatenate([*weights, *biases])
        self._biases = len(biases)
        self._pairs = [(weight.detached(), bias) for weight, (_, bias) in zip(weights, pairs, strict=True)]

    def __call__(self, *factors: Bounded) -> Bounded:
        """Return the sum for one x (N, K) a pair; (N, M)."""
        ones = Bounded.input(np.ones((factors[0].shape[0], self._biases)), factors[0].arithmetic)
        whole = product(concatenate([*factors, ones], 1), self._matrix)
        kept = self._kept(factors) if whole.arithmetic.keeps_sums_wider else np.zeros_like(whole.error)
        return Bounded(whole.value, whole.error + kept, whole.arithmetic, whole.parents)

    def _kept(self, factors: Sequence[Bounded]) -> NDArray[Any]:
        """Return what is lost where the product and the sum of each pair are rounded on the way."""
        lost = np.zeros(1)
        for x, (weight, bias) in zip(factors, self._pairs, strict=True):
            part = product(x.detached(), weight)
            most = 2 * (abs(part.value) + part.error)
            lost = lost + x.arithmetic.roundoff * (most if bias is None else most + abs(bias.value))
        return lost


def product(a: Bounded, b: Bounded) -> Bounded:
    """Return the matrix product of ``a`` (N, K) and ``b`` (K, M)."""
    shapes = (a.shape, b.shape, (a.shape[0], b.shape[1]))
    return Contraction(("nk", "km", "nm"), "matmul", shapes)(a, b)


def _both(w: Weights) -> Affine:
    """Return W_ih x + b_ih + W_hh h + b_hh as a function of x and h."""
    return Affine((_given(w, "weight_ih"), w.get("bias_ih")), (_given(w, "weight_hh"), w.get("bias_hh")))


def elman(nonlinearity: str, w: Weights) -> Step:
    """Return the step h' = f(W_ih x + b_ih + W_hh h + b_hh), f being ``tanh`` or ``relu``."""
    function, both = {"tanh": tanh, "relu": relu}[nonlinearity], _both(w)
    return lambda x, states: (function(both(x, states[0])),)


def lstm_step(w: Weights) -> Step:
    """Return the step h' = o tanh(c') and c' = f c + i g; the gates i, f, g, o in that order, each of hidden_size rows.

    With ``weight_hr`` the hidden state is projected: h' = W_hr (o tanh(c')).
    """
    both, weight_hr = _both(w), w.get("weight_hr")
    projection = None if weight_hr is None else transposed(weight_hr)

    def step(x: Bounded, states: States) -> States:
        h, c = states
        i, f, g, o = split(both(x, h), [c.shape[1]] * 4, 1)
        cell = sigmoid(f) * c + sigmoid(i) * tanh(g)
        hidden = sigmoid(o) * tanh(cell)
        return (hidden if projection is None else product(hidden, projection)), cell

    return step


def gru_step(w: Weights) -> Step:
    """Return the step h' = (1 - z) n + z h with n = tanh(W_in x + b_in + r (W_hn h + b_hn)), gates in order r, z, n.

    It may be computed as n + z (h - n), too.
    """
    size = _given(w, "weight_hh").shape[1]
    inner, outer = _blocks(w, "ih", size), _blocks(w, "hh", size)
    gates = Affine(inner[0], outer[0])
    candidate, recurrent = Affine(inner[1]), Affine(outer[1])

    def step(x: Bounded, states: States) -> States:
        (h,) = states
        r, z = (sigmoid(gate) for gate in split(gates(x, h), [size] * 2, 1))
        n = tanh(candidate(x) + r * recurrent(h))
        return (one_of([(1.0 - z) * n + z * h, n + z * (h - n)], [z, n, h]),)

    return step


def _blocks(w: Weights, which: str, size: int) -> Sequence[tuple[Bounded, Bounded | None]]:
    """Return weight and bias of the gates r and z together, and of n."""
    weights, bias = split(_given(w, f"weight_{which}"), [2 * size, size]), w.get(f"bias_{which}")
    biases: Sequence[Bounded | None] = [None] * 2 if bias is None else split(bias, [2 * size, size])
    return list(zip(weights, biases, strict=True))


def _given(w: Weights, name: str) -> Bounded:
    found = w.get(name)
    if found is None:
        raise ValueError(f"a recurrent step needs {name}; it has {sorted(w)}")
    return found


RNN, RELU = Kind(partial(elman, "tanh"), 1), Kind(partial(elman, "relu"), 1)
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
    after = kind.step(given)(x, tuple(before))
    return after if batched else tuple(reshape(state, state.shape[1:]) for state in after)

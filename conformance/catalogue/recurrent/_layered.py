"""Recurrences over sequences: stacked layers, both directions, batches, sequences of unequal lengths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from conformance.catalogue.recurrent._shared import Kind, States, Weights, transposed
from conformance.oracle import Bounded, concatenate, rearrange, reshape, split, stack

PARTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")


def suffixes(num_layers: int, bidirectional: bool) -> list[str]:
    """Return what the names of the parameters of each layer and direction end in, in the order of the states."""
    directions = ("", "_reverse") if bidirectional else ("",)
    return [f"_l{layer}{direction}" for layer in range(num_layers) for direction in directions]


def parameters(kind: Kind, **options: Any) -> dict[str, tuple[int, ...]]:
    """Return the documented shape of every parameter of a layer by its name."""
    hidden, bidirectional = options["hidden_size"], options.get("bidirectional", False)
    projected = options.get("proj_size", 0)
    out, rows = projected or hidden, kind.gates * hidden
    found: dict[str, tuple[int, ...]] = {}
    for suffix in suffixes(options.get("num_layers", 1), bidirectional):
        inward = options["input_size"] if suffix.startswith("_l0") else out * (2 if bidirectional else 1)
        shapes: dict[str, tuple[int, ...]] = {"weight_ih": (rows, inward), "weight_hh": (rows, out)}
        if options.get("bias", True):
            shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
        if projected:
            shapes["weight_hr"] = (projected, hidden)
        found |= {name + suffix: shape for name, shape in shapes.items()}
    return found


def recurrent(
    kind: Kind, input: Bounded, given_states: Mapping[str, Bounded | None], given: Mapping[str, Any]
) -> tuple[Bounded, ...]:
    """Return the output of the last layer at every step, and every final state.

    Shapes: input (L, N, H_in), (N, L, H_in) if batch_first, or (L, H_in); states (D * num_layers, N, features), or
    without N; the output is as the input, with D * H_out features.

    Args:
        kind: The kind of recurrence.
        input: The sequences.
        given_states: The initial states by name, zeros where they are None.
        given: Parameters and options by their documented names. ``lengths`` gives the number of steps of each sequence;
            the output is 0 after them. ``finals=False`` leaves the final states out.
    """
    batched = len(input.shape) == 3
    batch_first = batched and given.get("batch_first", False)
    x = transposed(input) if batch_first else input if batched else _widened(input, 1)
    states = _initial(
        kind, x, {n: s if batched or s is None else _widened(s, 1) for n, s in given_states.items()}, given
    )
    lengths, rows = given.get("lengths"), x.shape[0] * x.shape[1]
    output, finals = (
        _stacked(kind, x, states, given, rows)
        if lengths is None
        else _each_alone(kind, x, states, given, lengths, rows)
    )
    if not batched:
        return tuple(reshape(one, (one.shape[0], one.shape[2])) for one in (output, *finals))
    found = (transposed(output) if batch_first else output, *finals)
    return found if given.get("finals", True) else found[:1]


def _widened(x: Bounded, axis: int) -> Bounded:
    return reshape(x, (*x.shape[:axis], 1, *x.shape[axis:]))


def _initial(
    kind: Kind, x: Bounded, states: Mapping[str, Bounded | None], given: Mapping[str, Any]
) -> dict[str, Bounded]:
    """Return the initial states, zeros where they are not given."""
    number = len(suffixes(given.get("num_layers", 1), given.get("bidirectional", False)))
    recurrent_weight = given["weight_hh_l0"]
    features = {"h_0": recurrent_weight.shape[1], "c_0": recurrent_weight.shape[0] // kind.gates}
    found = {}
    for name in kind.states:
        state = states.get(name)
        zeros = np.zeros((number, x.shape[1], features[name]))
        found[name] = Bounded.input(zeros, x.arithmetic) if state is None else state
    return found


def _stacked(
    kind: Kind, x: Bounded, states: Mapping[str, Bounded], given: Mapping[str, Any], rows: int
) -> tuple[Bounded, list[Bounded]]:
    """Run every layer over the output of the one before; (L, N, H_in) and states to output and final states."""
    num_layers, bidirectional = given.get("num_layers", 1), given.get("bidirectional", False)
    per_layer = 2 if bidirectional else 1
    finals: list[States] = []
    for layer in range(num_layers):
        outputs = []
        if layer and given.get("training", True) and given.get("dropout", 0.0) == 1.0:
            x = x * 0.0
        for direction, suffix in enumerate(suffixes(num_layers, bidirectional)[layer * per_layer :][:per_layer]):
            own = {part: given.get(part + suffix) for part in PARTS}
            first = tuple(_row(state, layer * per_layer + direction) for state in states.values())
            output, final = _one_way(kind, x, first, own, rows, backwards=bool(direction))
            outputs.append(output)
            finals.append(final)
        x = concatenate(outputs, 2)
    return x, [stack(parts) for parts in zip(*finals, strict=True)]


def _one_way(
    kind: Kind, x: Bounded, states: States, weights: Weights, rows: int, *, backwards: bool
) -> tuple[Bounded, States]:
    """Run one layer in one direction: hidden states (L, N, H_out) in the input's order, and the last states.

    The gradient of a weight may be one sum over every step of every sequence. The batch is filled up to so many
    ``rows`` with rows that nobody looks at, so that the bound of each step's part is that of as many terms.
    """
    batch = x.shape[1]
    wide, states = _filled(x, rows, 1), tuple(_filled(state, rows, 0) for state in states)
    one_step, steps = kind.step(weights), range(x.shape[0])
    hidden = {}
    for step in reversed(steps) if backwards else steps:
        states = one_step(_row(wide, step), states)
        hidden[step] = states[0]
    return (
        rearrange(stack([hidden[step] for step in steps]), lambda p: p[:, :batch]),
        tuple(rearrange(state, lambda p: p[:batch]) for state in states),
    )


def _filled(x: Bounded, rows: int, axis: int) -> Bounded:
    lacking = np.zeros((*x.shape[:axis], max(rows - x.shape[axis], 0), *x.shape[axis + 1 :]))
    return concatenate([x, Bounded.input(lacking, x.arithmetic)], axis)


def _each_alone(
    kind: Kind,
    x: Bounded,
    states: Mapping[str, Bounded],
    given: Mapping[str, Any],
    lengths: Sequence[int],
    rows: int,
) -> tuple[Bounded, list[Bounded]]:
    """Run each sequence of a batch by itself, for as many steps as it has."""
    longest = max(lengths)
    outputs, finals = [], []
    for place, length in enumerate(lengths):
        own = {name: split(state, [place, 1, state.shape[1] - place - 1], 1)[1] for name, state in states.items()}
        sequence = rearrange(x, lambda p, i=place, n=length: p[:n, i : i + 1])  # type: ignore[misc]
        output, final = _stacked(kind, sequence, own, given, rows)
        padding = Bounded.input(np.zeros((longest - length, *output.shape[1:])), x.arithmetic)
        outputs.append(concatenate([output, padding]))
        finals.append(final)
    return concatenate(outputs, 1), [concatenate(parts, 1) for parts in zip(*finals, strict=True)]


def _row(x: Bounded, index: int) -> Bounded:
    return rearrange(x, lambda p: p[index])

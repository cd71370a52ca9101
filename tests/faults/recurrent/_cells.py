"""Slips that an implementer of any recurrent cell may make, and of the parameters of cells and layers."""

from __future__ import annotations

from functools import wraps
from typing import Any

from adapters.reference.arithmetic.indexing import getitem
from conformance.strength import Fault
from tests.faults._planting import Planter, Wrong, edited, everywhere, method
from tests.faults.recurrent._layers import others

CARDS = ("rnn_cell", "lstm_cell", "gru_cell")
EVERY = ("rnn", "lstm", "gru", *CARDS)
CELL = "operators.recurrent._cell:Cell"
STATES = "operators.recurrent._shared:states_of_cell"
DRAW = "operators.recurrent._shared:draw"


def function(place: str, wrong: Wrong) -> Planter:
    """Return what replaces a function under every name that it has; ``wrong`` gets the right one first."""
    return everywhere(place, lambda right: wraps(right)(lambda *given, **options: wrong(right, *given, **options)))


def of(card: str, class_name: str) -> tuple[Fault, ...]:
    """Return the faults of what is documented of every cell, as the clauses of ``card`` catch them."""
    widened = method(f"operators.recurrent.{card}:{class_name}.forward", _widened)
    return (
        Fault("float64-states", f"{card}.dtype", widened),
        *(
            Fault(name, f"{card}.{clause}", plant, others(CARDS, f"{card}.{clause}", f"{clause} {also}"))
            for name, clause, plant, also in _SLIPS
        ),
    )


def of_parameters(card: str) -> tuple[Fault, ...]:
    """Return the faults of initial parameters, as the clause of ``card`` catches them."""
    return tuple(
        Fault(name, f"{card}.initial", plant, others(EVERY, f"{card}.initial", "initial"))
        for name, plant in (
            ("bound-without-the-root", edited(DRAW, ("math.sqrt(hidden_size)", "hidden_size"))),
            ("positive-alone", edited(DRAW, ("init.uniform_(parameter, -bound", "init.uniform_(parameter, 0 * bound"))),
            ("biases-of-zero", function(DRAW, _without_biases)),
        )
    )


def pure(card: str, cell: str, place: str, change: tuple[str, str]) -> tuple[Fault, ...]:
    """Return the fault of writing the final state over the initial one, for a layer and its cell."""
    return tuple(
        Fault(
            "initial-state-overwritten",
            f"{one}.purity",
            edited(place, change),
            others((card, cell), f"{one}.purity", "purity gradient-alone"),
        )
        for one in (card, cell)
    )


def _without_biases(right: Any, parameters: Any, hidden_size: int) -> None:
    given = list(parameters)
    right(given, hidden_size)
    for parameter in given:
        if parameter.array.ndim == 1:
            parameter.array[...] = 0


def _widened(right: Any, self: Any, *arguments: Any) -> Any:
    found = right(self, *arguments)
    return tuple(one.double() for one in found) if isinstance(found, tuple) else found.double()


def _ones_for_zeros(right: Any, input: Any, given: Any, *others: Any) -> Any:
    x, states, batched = right(input, given, *others)
    if given is None:
        for state in states:
            state.array = state.array + state.array.dtype.type(1)
    return x, states, batched


def _always_a_batch(right: Any, *arguments: Any) -> Any:
    x, states, _ = right(*arguments)
    return x, states, True


def _never_a_batch_of_one(right: Any, *arguments: Any) -> Any:
    x, states, batched = right(*arguments)
    return x, states, batched and x.array.shape[0] > 1


def _cut_input(right: Any, input: Any, given: Any, features: Any, *others: Any) -> Any:
    return right(getitem(input, (..., slice(features[0]))), given, features, *others)


def _cut_states(right: Any, input: Any, given: Any, features: Any, number: int, what: str) -> Any:
    states = None if given is None else [given] if number == 1 else list(given)
    if states is not None:
        states = [getitem(state, (..., slice(features[1]))) for state in states]
    return right(input, states[0] if states is not None and number == 1 else states, features, number, what)


_SLIPS: tuple[tuple[str, str, Planter, str], ...] = (
    ("ones-for-zeros", "initial-state", function(STATES, _ones_for_zeros), "gradient"),
    ("batch-left-in", "unbatched", function(STATES, _always_a_batch), "gradient shape"),
    (
        "biases-anyway",
        "no-bias",
        edited(f"{CELL}.__init__", (" if bias else None", "")),
        "gradient parameters",
    ),
    ("batch-of-one-squeezed", "shape", function(STATES, _never_a_batch_of_one), ""),
    (
        "weight-transposed",
        "parameters",
        edited(f"{CELL}.__init__", ("empty(rows, input_size", "empty(input_size, rows")),
        "*",
    ),
    ("features-left-out", "input-features", function(STATES, _cut_input), ""),
    ("state-features-left-out", "state-shape", function(STATES, _cut_states), ""),
)

"""Slips that an implementer of any stacked recurrent layer may make. The reference's three share what these change."""

from __future__ import annotations

from typing import Any

from adapters.reference.arithmetic.indexing import getitem
from conformance.strength import Fault
from tests.faults._planting import Planter, edited, method, these

CARDS = ("rnn", "lstm", "gru")
LAYERS = "operators.recurrent._layers:RecurrentLayers"
OPTIONS = "operators.recurrent._layers:_require_options"


def all_of(behaviours: str) -> tuple[str, ...]:
    """Return these behaviours of every layer as clause ids."""
    return these(*(f"{card}: {behaviours}" for card in CARDS))


def of(card: str) -> tuple[Fault, ...]:
    """Return the faults of what is documented of every recurrent layer, as the clauses of ``card`` catch them."""
    return tuple(
        Fault(name, f"{card}.{clause}", plant, all_of(f"{clause} gradient {also}"))
        for name, clause, plant, also in _SLIPS
    )


def _ones_for_zeros(right: Any, self: Any, given: Any, *arguments: Any, **options: Any) -> Any:
    states = right(self, given, *arguments, **options)
    if given is None:
        for state in states:
            state.array[...] = 1
    return states


def _cleared(right: Any, self: Any, input: Any, given: Any) -> Any:
    """Take the final states at the last step of the longest sequence, where the shorter ones are padding."""
    output, finals = right(self, input, given)
    sizes = input.batch_sizes.array
    place = input.unsorted_indices.array if input.unsorted_indices is not None else slice(None)
    over = (sizes[:, None] > range(sizes[0])).sum(axis=0)[place] < sizes.size
    for final in finals if isinstance(finals, tuple) else (finals,):
        final.array = final.array.copy()
        final.array[:, over] = 0
    return output, finals


def _squeezed(right: Any, self: Any, finals: Any) -> Any:
    return right(self, [final.squeeze() if final.numel() == 1 else final for final in finals])


def _cut(right: Any, self: Any, x: Any, states: Any, sizes: Any) -> Any:
    """Leave features that are too many out."""
    return right(self, getitem(x, (slice(None), slice(self.input_size))), states, sizes)


def _spread(right: Any, self: Any, given: Any, *arguments: Any, **options: Any) -> Any:
    """Take the state of one layer for every layer."""
    number = self.num_layers * (2 if self.bidirectional else 1)
    if given is not None:
        given = [state if state.array.shape[0] == number else getitem(state, [0] * number) for state in given]
    return right(self, given, *arguments, **options)


def _widened(right: Any, self: Any, finals: Any) -> Any:
    return right(self, [final.double() for final in finals])


_IN_BOTH = "bidirectional batch-first dropout packed-reverse shape projection projection-parameters projection-shape"

_SLIPS: tuple[tuple[str, str, Planter, str], ...] = (
    ("final-states-of-float64", "dtype", method(f"{LAYERS}._handed", _widened), ""),
    ("ones-for-zeros", "initial-state", method(f"{LAYERS}._initial", _ones_for_zeros), "bidirectional"),
    (
        "states-of-the-first-layer",
        "layers",
        edited(f"{LAYERS}._run", ("layer * self._directions() + direction", "direction")),
        "dropout dropout-evaluation projection",
    ),
    (
        "both-ways-forward",
        "bidirectional",
        edited(f"{LAYERS}._run", ("bool(direction)", "False")),
        _IN_BOTH,
    ),
    (
        "reverse-before-forward",
        "bidirectional",
        edited(f"{LAYERS}._run", ("cat(outputs, 1)", "cat(outputs[::-1], 1)")),
        _IN_BOTH,
    ),
    (
        "output-left-step-first",
        "batch-first",
        edited(
            f"{LAYERS}.forward",
            ("return output.transpose(0, 1) if batched and self.batch_first else output", "return output"),
        ),
        "shape",
    ),
    (
        "batch-left-in",
        "unbatched",
        edited(f"{LAYERS}.forward", ("if not batched:", "if not batched and length == 0:")),
        "unbatched-batch-first shape",
    ),
    (
        "single-sequence-transposed",
        "unbatched-batch-first",
        edited(
            f"{LAYERS}.forward",
            (
                "return output.transpose(0, 1) if batched and self.batch_first",
                "return output.transpose(0, 1) if self.batch_first",
            ),
        ),
        "",
    ),
    ("biases-anyway", "no-bias", edited(f"{LAYERS}._shapes", ("if self.bias:", "if rows:")), "parameters nonlinearity"),
    (
        "input-dropped-too",
        "dropout",
        edited(f"{LAYERS}._run", ("if layer and self.training", "if self.training")),
        "",
    ),
    (
        "last-output-dropped-too",
        "dropout",
        edited(
            f"{LAYERS}._run",
            (
                "x = outputs[0] if len(outputs) == 1 else cat(outputs, 1)",
                "x = cat(outputs, 1) * (1 - self.dropout // 1)",
            ),
        ),
        "",
    ),
    (
        "dropped-in-evaluation",
        "dropout-evaluation",
        edited(f"{LAYERS}._run", ("self.training and self.dropout", "self.dropout")),
        "",
    ),
    ("final-states-of-padding", "packed", method(f"{LAYERS}._packed", _cleared), "packed-reverse packed-order"),
    (
        "unequal-lengths-forward",
        "packed-reverse",
        edited(
            "operators.recurrent._shared:ordered",
            (
                "return reversed(found) if reverse else",
                "return reversed(found) if reverse and min(sizes) == max(sizes) else",
            ),
        ),
        "",
    ),
    (
        "states-in-order-of-length",
        "packed-order",
        edited(f"{LAYERS}._packed", ("if back is not None", "if sizes == ()")),
        "",
    ),
    (
        "initial-states-as-they-came",
        "packed-order",
        edited(f"{LAYERS}._packed", ("if order is not None and", "if sizes == () and")),
        "",
    ),
    ("single-state-squeezed", "shape", method(f"{LAYERS}._handed", _squeezed), ""),
    (
        "another-name-for-reverse",
        "parameters",
        edited(f"{LAYERS}._suffixes", ('"_reverse"', '"_backward"')),
        _IN_BOTH,
    ),
    ("features-left-out", "input-features", method(f"{LAYERS}._run", _cut), ""),
    ("one-state-for-all", "state-shape", method(f"{LAYERS}._initial", _spread), ""),
    (
        "any-dropout",
        "dropout-range",
        edited(OPTIONS, (" or not 0 <= dropout <= 1", "")),
        "",
    ),
)

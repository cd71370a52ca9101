"""Slips that an implementer of any stacked recurrent layer may make. The reference's three share what these change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapters.reference.arithmetic.indexing import getitem
from conformance.strength import Fault
from tests.faults._planting import Planter, edited, method, together

CARDS = ("rnn", "lstm", "gru")
LAYERS = "operators.recurrent._layers:RecurrentLayers"
OPTIONS = "operators.recurrent._layers:_require_options"


def of(card: str) -> tuple[Fault, ...]:
    """Return the faults of what is documented of every recurrent layer, as the clauses of ``card`` catch them."""
    return tuple(
        Fault(name, f"{card}.{clause}", plant, others(CARDS, f"{card}.{clause}", f"{clause} {also}"))
        for name, clause, plant, also in _SLIPS
    )


def others(cards: Sequence[str], own: str, behaviours: str) -> tuple[str, ...]:
    """Return clause ids but for ``own``: behaviours of every card, and those written with their card's name."""
    found = (
        id for part in behaviours.split() for id in ([part] if "." in part else [f"{card}.{part}" for card in cards])
    )
    return tuple(id for id in found if id != own)


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


_REVERSE = "batch-first dropout gradient packed-reverse lstm.projection"

_SLIPS: tuple[tuple[str, str, Planter, str], ...] = (
    ("final-states-of-float64", "dtype", method(f"{LAYERS}._handed", _widened), ""),
    ("ones-for-zeros", "initial-state", method(f"{LAYERS}._initial", _ones_for_zeros), "bidirectional gradient"),
    (
        "states-of-the-first-layer",
        "layers",
        edited(f"{LAYERS}._run", ("layer * self._directions() + direction", "direction")),
        "dropout dropout-evaluation gradient lstm.projection rnn.nonlinearity",
    ),
    (
        "both-ways-forward",
        "bidirectional",
        edited(f"{LAYERS}._run", ("bool(direction)", "False")),
        _REVERSE,
    ),
    (
        "reverse-before-forward",
        "bidirectional",
        edited(f"{LAYERS}._run", ("cat(outputs, 1)", "cat(outputs[::-1], 1)")),
        _REVERSE,
    ),
    (
        "output-left-step-first",
        "batch-first",
        edited(
            f"{LAYERS}.forward",
            ("return output.transpose(0, 1) if batched and self.batch_first else output", "return output"),
        ),
        "gradient shape",
    ),
    (
        "batch-left-in",
        "unbatched",
        edited(f"{LAYERS}.forward", ("if not batched:", "if not batched and length == 0:")),
        "unbatched-batch-first gradient shape",
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
        "gradient",
    ),
    (
        "biases-anyway",
        "no-bias",
        edited(f"{LAYERS}._shapes", ("if self.bias:", "if rows:")),
        "gradient parameters rnn.nonlinearity",
    ),
    (
        "input-dropped-too",
        "dropout",
        edited(f"{LAYERS}._run", ("if layer and self.dropout", "if self.dropout")),
        "gradient",
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
        "gradient",
    ),
    (
        "dropped-in-evaluation",
        "dropout-evaluation",
        edited(f"{LAYERS}._run", ("self.dropout, self.training)", "self.dropout, True)")),
        "gradient",
    ),
    ("final-states-of-padding", "packed", method(f"{LAYERS}._packed", _cleared), "packed-order packed-reverse"),
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
        "gradient",
    ),
    (
        "states-in-order-of-length",
        "packed-order",
        edited(f"{LAYERS}._packed", ("if back is not None", "if sizes == ()")),
        "gradient",
    ),
    (
        "initial-states-as-they-came",
        "packed-order",
        edited(f"{LAYERS}._packed", ("if order is not None and", "if sizes == () and")),
        "gradient",
    ),
    ("single-state-squeezed", "shape", method(f"{LAYERS}._handed", _squeezed), ""),
    (
        "another-name-for-reverse",
        "parameters",
        edited(f"{LAYERS}._suffixes", ('"_reverse"', '"_backward"')),
        f"{_REVERSE} bidirectional shape lstm.projection-parameters lstm.projection-shape",
    ),
    ("features-left-out", "input-features", method(f"{LAYERS}._run", _cut), ""),
    ("one-state-for-all", "state-shape", method(f"{LAYERS}._initial", _spread), ""),
    (
        "any-dropout",
        "dropout-range",
        together(
            edited(OPTIONS, (" or not 0 <= dropout <= 1", "")),
            edited(f"{LAYERS}._run", ("x, self.dropout,", "x, min(max(self.dropout, 0.0), 1.0),")),
        ),
        "",
    ),
)

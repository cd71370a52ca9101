"""pack_sequence: sequences of unequal lengths, packed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.card import OperatorCard, refusal, value
from conformance.catalogue.recurrent._sequences import THREE, link, packed, padded, several
from conformance.oracle import Bounded


def pack_sequence(enforce_sorted: bool = True, **sequences: Bounded) -> tuple[Any, ...]:
    """Return the data (sum of the lengths, *) and the batch sizes; the two orders if ``enforce_sorted`` is False."""
    given = list(sequences.values())
    lengths = [one.shape[0] for one in given]
    return packed(padded(given, batch_first=False, padding_value=0.0), lengths, False, enforce_sorted)


def _call(operators: Any, inputs: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    found = operators.pack_sequence(list(inputs.values()), **options)
    if options.get("enforce_sorted", True):
        return found.data, found.batch_sizes
    return found.data, found.batch_sizes, found.sorted_indices, found.unsorted_indices


CARD = OperatorCard(
    "pack_sequence",
    link("pack_sequence"),
    (
        value(
            "value",
            "The sequences are padded and packed: the first steps of all, then the second ones, and so on.",
            several("decreasing", 4, 2, 1),
            several("no-features", 3, 3, 1, rest=()),
        ),
        value(
            "unsorted",
            "With enforce_sorted=False the sequences may come in any order, and the indices say how they were sorted.",
            several("mixed", *THREE, enforce_sorted=False),
        ),
        refusal(
            "sorted",
            "With enforce_sorted=True sequences whose lengths do not decrease are refused.",
            several("increasing", *THREE),
        ),
    ),
    definition=pack_sequence,
    call=_call,
)

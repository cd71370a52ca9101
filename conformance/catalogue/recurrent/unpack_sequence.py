"""unpack_sequence: the sequences of a packed one, each by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.card import OperatorCard, value
from conformance.catalogue.recurrent._sequences import THREE, link, several
from conformance.oracle import Bounded


def unpack_sequence(enforce_sorted: bool = True, **sequences: Bounded) -> list[Bounded]:
    """Return the sequences that were packed."""
    del enforce_sorted
    return list(sequences.values())


def _call(operators: Any, inputs: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    return operators.unpack_sequence(operators.pack_sequence(list(inputs.values()), **options))


CARD = OperatorCard(
    "unpack_sequence",
    link("unpack_sequence"),
    (
        value(
            "value",
            "The sequences that were packed come back, each by itself and as long as it was.",
            several("decreasing", 4, 2, 1),
            several("no-features", 3, 3, 1, rest=()),
        ),
        value(
            "order",
            "They come back in the order in which they were packed.",
            several("mixed", *THREE, enforce_sorted=False),
        ),
    ),
    definition=unpack_sequence,
    call=_call,
)

"""pad_sequence: sequences of unequal lengths as one array, padded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.card import OperatorCard, value
from conformance.catalogue.recurrent._sequences import link, padded, several
from conformance.oracle import Bounded


def pad_sequence(
    batch_first: bool = False, padding_value: float = 0.0, padding_side: str = "right", **sequences: Bounded
) -> Bounded:
    """Return sequences (L, *) as (T, B, *), or (B, T, *) if ``batch_first``, T being the largest L."""
    return padded(list(sequences.values()), batch_first, padding_value, side=padding_side)


def _call(operators: Any, inputs: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    return operators.pad_sequence(list(inputs.values()), **options)


CARD = OperatorCard(
    "pad_sequence",
    link("pad_sequence"),
    (
        value(
            "value",
            "The sequences are side by side, (step, batch, *), with zeros after the end of each.",
            several("three", 2, 4, 1),
            several("one", 3),
        ),
        value(
            "batch-first",
            "With batch_first=True the result is (batch, step, *).",
            several("three", 2, 4, 1, batch_first=True),
        ),
        value(
            "padding-value", "Padded elements have the padding value.", several("negative", 2, 3, padding_value=-2.5)
        ),
        value(
            "padding-side",
            "With padding_side='left' the padding stands before each sequence.",
            several("left", 2, 4, 1, padding_side="left"),
            several("left-batch-first", 3, 2, padding_side="left", batch_first=True, padding_value=1.5),
        ),
        value(
            "features",
            "After the step there may be any number of dimensions, none included.",
            several("none", 3, 2, rest=()),
            several("two", 1, 2, rest=(2, 3)),
        ),
    ),
    definition=pad_sequence,
    call=_call,
)

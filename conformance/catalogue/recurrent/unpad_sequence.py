"""unpad_sequence: the sequences of a padded array, each by itself."""

from __future__ import annotations

from typing import Any

from conformance.card import OperatorCard, value
from conformance.case import Case
from conformance.catalogue.recurrent._sequences import Integers, link, unpadded
from conformance.data import Draw, Values
from conformance.oracle import Bounded


def unpad_sequence(padded_sequences: Bounded, lengths: Integers, batch_first: bool = False) -> list[Bounded]:
    """Return each sequence of (T, B, *), or (B, T, *) if ``batch_first``, up to its length."""
    return unpadded(padded_sequences, lengths.tolist(), batch_first)


def _case(name: str, shape: tuple[int, ...], *lengths: int, **options: Any) -> Case:
    return Case(name, {"padded_sequences": Draw(shape), "lengths": Values(lengths, "int64")}, options)


CARD = OperatorCard(
    "unpad_sequence",
    link("unpad_sequence"),
    (
        value(
            "value",
            "Each sequence of (step, batch, *) comes by itself, up to its length.",
            _case("mixed", (4, 3, 2), 2, 4, 1),
            _case("no-features", (3, 2), 3, 2),
        ),
        value(
            "batch-first",
            "With batch_first=True the input is (batch, step, *).",
            _case("mixed", (3, 4, 2), 3, 1, 4, batch_first=True),
        ),
    ),
    definition=unpad_sequence,
)

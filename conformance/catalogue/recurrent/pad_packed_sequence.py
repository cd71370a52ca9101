"""pad_packed_sequence: packed sequences as one array, padded to one length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from conformance.card import OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue.recurrent._sequences import THREE, link, padded, unpadded
from conformance.data import Draw
from conformance.oracle import Bounded


def pad_packed_sequence(
    input: Bounded,
    lengths: Sequence[int],
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
    **_: Any,
) -> tuple[Bounded, Any]:
    """Return ``input`` (T, B, *), packed with ``lengths``, padded again, and the lengths."""
    sequences = unpadded(input, lengths, batch_first=False)
    return padded(sequences, batch_first, padding_value, total_length), np.asarray(lengths)


def _call(operators: Any, inputs: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    lengths = list(options["lengths"])
    order = {"enforce_sorted": options["enforce_sorted"]} if "enforce_sorted" in options else {}
    packed = operators.pack_padded_sequence(inputs["input"], lengths, **order)
    others = {name: option for name, option in options.items() if name not in ("lengths", "enforce_sorted")}
    return operators.pad_packed_sequence(packed, **others)


def _case(name: str, shape: tuple[int, ...], lengths: tuple[int, ...], **options: Any) -> Case:
    return Case(name, {"input": Draw(shape)}, {"lengths": lengths, **options})


CARD = OperatorCard(
    "pad_packed_sequence",
    link("pad_packed_sequence"),
    (
        value(
            "value",
            "What was packed comes back, (step, batch, *), with zeros after the end of each sequence, and the lengths.",
            _case("decreasing", (4, 3, 2), (4, 2, 1)),
            _case("no-features", (3, 2), (3, 1)),
            _case("truncated", (5, 2, 2), (3, 2)),
        ),
        value(
            "batch-first",
            "With batch_first=True the result is (batch, step, *).",
            _case("decreasing", (4, 3, 2), (4, 3, 1), batch_first=True),
        ),
        value(
            "padding-value",
            "Padded elements have the padding value.",
            _case("negative", (3, 2, 2), (3, 1), padding_value=-2.5),
        ),
        value(
            "total-length",
            "With total_length the result is padded to that length.",
            _case("two-more", (3, 2, 2), (3, 1), total_length=5),
            _case("as-many", (3, 2, 2), (3, 1), total_length=3, batch_first=True, padding_value=1.5),
        ),
        value(
            "order",
            "Sequences that were packed in another order come back in their own, and so do their lengths.",
            _case("mixed", (4, 3, 2), THREE, enforce_sorted=False),
            _case("batch-first", (4, 3, 2), THREE, enforce_sorted=False, batch_first=True),
        ),
        refusal(
            "total-length-too-small",
            "A total_length that is less than the longest sequence raises ValueError.",
            _case("one-less", (3, 2, 2), (3, 1), total_length=2),
            raises=(ValueError,),
        ),
    ),
    definition=pad_packed_sequence,
    call=_call,
)

"""pack_padded_sequence: the steps of padded sequences, without the padding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conformance.card import OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue.recurrent._sequences import THREE, link, packed
from conformance.data import Draw
from conformance.oracle import Bounded


def pack_padded_sequence(
    input: Bounded,
    lengths: Sequence[int],
    batch_first: bool = False,
    enforce_sorted: bool = True,
    as_tensor: bool = False,
) -> tuple[Any, ...]:
    """Return the data (sum of the lengths, *) and the batch sizes; the two orders if ``enforce_sorted`` is False."""
    del as_tensor
    return packed(input, lengths, batch_first, enforce_sorted)


def _call(operators: Any, inputs: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    others = {name: option for name, option in options.items() if name not in {"lengths", "as_tensor"}}
    lengths = list(options["lengths"])
    if options.get("as_tensor", False):  # that which padding gives is where it has to be, on every device
        packed = operators.pack_padded_sequence(inputs["input"], lengths, **others)
        _, lengths = operators.pad_packed_sequence(packed, batch_first=others.get("batch_first", False))
    found = operators.pack_padded_sequence(inputs["input"], lengths, **others)
    if others.get("enforce_sorted", True):
        return found.data, found.batch_sizes
    return found.data, found.batch_sizes, found.sorted_indices, found.unsorted_indices


def _case(name: str, shape: tuple[int, ...], lengths: tuple[int, ...], **options: Any) -> Case:
    return Case(name, {"input": Draw(shape)}, {"lengths": lengths, **options})


CARD = OperatorCard(
    "pack_padded_sequence",
    link("pack_padded_sequence"),
    (
        value(
            "value",
            "The data are the first steps of all sequences, then the second ones, and so on, without the padding, and "
            "the batch sizes are how many sequences have each step.",
            _case("decreasing", (4, 3, 2), (4, 2, 1)),
            _case("ties", (3, 4, 2), (3, 3, 1, 1)),
            _case("one-sequence", (3, 1, 2), (3,)),
            link=link("PackedSequence"),
        ),
        value(
            "batch-first",
            "With batch_first=True the input is (batch, step, *).",
            _case("decreasing", (3, 4, 2), (4, 3, 1), batch_first=True),
        ),
        value(
            "features",
            "After batch and step there may be any number of dimensions, none included.",
            _case("none", (3, 2), (3, 2)),
            _case("two", (3, 2, 2, 3), (3, 1)),
        ),
        value(
            "unsorted",
            "With enforce_sorted=False the sequences are sorted by decreasing length, and the indices say how.",
            _case("mixed", (4, 3, 2), THREE, enforce_sorted=False),
            _case("batch-first", (4, 5, 2), (2, 4, 1, 5), enforce_sorted=False, batch_first=True),
        ),
        value(
            "lengths-tensor",
            "The lengths may be a tensor.",
            _case("decreasing", (4, 3, 2), (4, 2, 1), as_tensor=True),
            _case("mixed", (4, 3, 2), THREE, as_tensor=True, enforce_sorted=False),
        ),
        value(
            "truncation",
            "What is longer than every length is cut.",
            _case("two-too-many", (5, 2, 2), (3, 2)),
        ),
        refusal(
            "sorted",
            "With enforce_sorted=True lengths that do not decrease are refused.",
            _case("increasing", (4, 3, 2), THREE),
        ),
    ),
    definition=pack_padded_sequence,
    call=_call,
)

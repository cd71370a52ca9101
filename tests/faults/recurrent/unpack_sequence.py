"""Slips of unpack_sequence."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import edited, operator, these
from tests.faults.recurrent._sequences import common


def _in_order_of_length(right: Any, packed_sequences: Any) -> Any:
    return right(packed_sequences=packed_sequences._replace(sorted_indices=None, unsorted_indices=None))


FAULTS = (
    *common("unpack_sequence", "packed_sequences", packing="pack_sequence", pure=("pack_sequence",)),
    Fault(
        "padding-left-in",
        "unpack_sequence.value",
        edited(
            "sequences.unpack_sequence:unpack_sequence",
            ("return unpad_sequence(padded, lengths, batch_first=True)", "return list(padded)"),
        ),
        these("unpack_sequence: order gradient"),
    ),
    Fault(
        "order-of-length",
        "unpack_sequence.order",
        operator("unpack_sequence", _in_order_of_length),
        ("unpack_sequence.gradient",),
    ),
)

"""Slips of pack_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option
from tests.faults.recurrent._sequences import ASCENDING, GRADIENTS, PACKED, common

FAULTS = (
    *common("pack_sequence", "sequences", "unpack_sequence.*"),
    Fault(
        "padded-before",
        "pack_sequence.value",
        edited(
            "sequences.pack_sequence:pack_sequence",
            ("pad_sequence(sequences)", 'pad_sequence(sequences, padding_side="left")'),
        ),
        ("pack_sequence.*", "unpack_sequence.*"),
    ),
    Fault(
        "shortest-first",
        "pack_sequence.unsorted",
        ASCENDING,
        ("pack_padded_sequence.unsorted", "pack_padded_sequence.gradient", *PACKED, *GRADIENTS),
    ),
    Fault("any-order", "pack_sequence.sorted", option("pack_sequence", enforce_sorted=constant(False))),
)

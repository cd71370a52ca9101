"""Slips of pack_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option, these
from tests.faults.recurrent._sequences import ASCENDING, UNSORTED, common, of_layers

FAULTS = (
    *common("pack_sequence", "sequences", ("unpack_sequence",), pure=("unpack_sequence",)),
    Fault(
        "padded-before",
        "pack_sequence.value",
        edited(
            "sequences.pack_sequence:pack_sequence",
            ("pad_sequence(sequences)", 'pad_sequence(sequences, padding_side="left")'),
        ),
        these("pack_sequence: unsorted gradient", "unpack_sequence: *"),
    ),
    Fault(
        "shortest-first",
        "pack_sequence.unsorted",
        ASCENDING,
        (
            *(one for one in UNSORTED if one != "pack_sequence.unsorted"),
            *these("pack_padded_sequence: unsorted gradient", "pack_sequence: gradient"),
            *of_layers("packed-order gradient"),
        ),
    ),
    Fault("any-order", "pack_sequence.sorted", option("pack_sequence", enforce_sorted=constant(False))),
)

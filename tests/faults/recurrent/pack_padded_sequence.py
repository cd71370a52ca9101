"""Slips of pack_padded_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option
from tests.faults.recurrent._sequences import ASCENDING, GRADIENTS, PACK, PACKED, common

FAULTS = (
    *common("pack_padded_sequence", "input", *PACKED, *GRADIENTS),
    Fault(
        "lengths-for-batch-sizes",
        "pack_padded_sequence.value",
        edited(PACK, ("PackedSequence(data, wrap(sizes), None", "PackedSequence(data, wrap(ranked), None")),
        (*PACKED, *GRADIENTS),
    ),
    Fault(
        "sequence-after-sequence",
        "pack_padded_sequence.value",
        edited(
            PACK,
            ("rows = places(ranked, batch)", "rows = places(ranked, batch)[np.argsort(places(ranked, batch) % batch)]"),
        ),
        (*PACKED, *GRADIENTS),
    ),
    Fault(
        "steps-first-always",
        "pack_padded_sequence.batch-first",
        option("pack_padded_sequence", batch_first=constant(False)),
        ("*_sequence.gradient", "pack_padded_sequence.unsorted", *PACKED, *GRADIENTS),
        stumbles=True,
    ),
    Fault(
        "at-least-one-feature",
        "pack_padded_sequence.features",
        edited(PACK, ("input.array.ndim < 2", "input.array.ndim < 3")),
        (*PACKED, *GRADIENTS),
        stumbles=True,
    ),
    Fault("shortest-first", "pack_padded_sequence.unsorted", ASCENDING, (*PACKED, *GRADIENTS, "unpack_sequence.order")),
    Fault(
        "indices-the-other-way",
        "pack_padded_sequence.unsorted",
        edited(PACK, ("wrap(order), wrap(np.argsort(order))", "wrap(np.argsort(order)), wrap(order)")),
        (*PACKED, *GRADIENTS),
    ),
    Fault(
        "as-long-as-the-longest",
        "pack_padded_sequence.truncation",
        edited(PACK, ("given.max() > longest", "given.max() != longest")),
        (*PACKED, *GRADIENTS),
        stumbles=True,
    ),
    Fault(
        "any-order",
        "pack_padded_sequence.sorted",
        edited(PACK, ("elif np.any(np.diff(given) > 0):", "elif longest == 0:")),
        ("pack_sequence.sorted",),
    ),
)

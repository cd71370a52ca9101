"""Slips of pack_padded_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option, these
from tests.faults.recurrent._sequences import ASCENDING, PACK, UNSORTED, common, of_layers

FAULTS = (
    *common(
        "pack_padded_sequence",
        "input",
        ("pack_sequence", "pad_packed_sequence", "unpack_sequence"),
        *of_layers("gradient"),
        pure=("pad_packed_sequence",),
    ),
    Fault(
        "lengths-for-batch-sizes",
        "pack_padded_sequence.value",
        edited(PACK, ("PackedSequence(data, wrap(sizes), None", "PackedSequence(data, wrap(ranked), None")),
        (
            *these(
                "pack_padded_sequence: batch-first features truncation",
                "pack_sequence: value",
                "pad_packed_sequence: *",
                "unpack_sequence: value gradient",
            ),
            *of_layers("packed gradient"),
        ),
    ),
    Fault(
        "sequence-after-sequence",
        "pack_padded_sequence.value",
        edited(
            PACK,
            ("rows = places(ranked, batch)", "rows = places(ranked, batch)[np.argsort(places(ranked, batch) % batch)]"),
        ),
        (
            *these(
                "pack_padded_sequence: *",
                "pack_sequence: value unsorted gradient",
                "pad_packed_sequence: *",
                "unpack_sequence: value order gradient",
            ),
            *of_layers("packed packed-order packed-reverse gradient"),
        ),
    ),
    Fault(
        "steps-first-always",
        "pack_padded_sequence.batch-first",
        option("pack_padded_sequence", batch_first=constant(False)),
        (*these("pack_padded_sequence: gradient unsorted"), *of_layers("packed gradient")),
        stumbles=True,
    ),
    Fault(
        "at-least-one-feature",
        "pack_padded_sequence.features",
        edited(PACK, ("input.array.ndim < 2", "input.array.ndim < 3")),
        these(
            "pack_padded_sequence: gradient",
            "pack_sequence: value gradient",
            "pad_packed_sequence: value gradient",
            "unpack_sequence: value gradient",
        ),
        stumbles=True,
    ),
    Fault(
        "shortest-first",
        "pack_padded_sequence.unsorted",
        ASCENDING,
        (
            *UNSORTED,
            *these("pack_padded_sequence: gradient", "pack_sequence: gradient"),
            *of_layers("packed-order gradient"),
        ),
    ),
    Fault(
        "indices-the-other-way",
        "pack_padded_sequence.unsorted",
        edited(PACK, ("wrap(order), wrap(np.argsort(order))", "wrap(np.argsort(order)), wrap(order)")),
        (*UNSORTED, *of_layers("packed-order gradient")),
    ),
    Fault(
        "as-long-as-the-longest",
        "pack_padded_sequence.truncation",
        edited(PACK, ("given.max() > longest", "given.max() != longest")),
        these("pack_padded_sequence: gradient", "pad_packed_sequence: value gradient"),
        stumbles=True,
    ),
    Fault(
        "any-order",
        "pack_padded_sequence.sorted",
        edited(PACK, ("elif np.any(np.diff(given) > 0):", "elif longest == 0:")),
        ("pack_sequence.sorted",),
    ),
    Fault(
        "lengths-tensor-taken-for-one",
        "pack_padded_sequence.lengths-tensor",
        edited(PACK, ("np.asarray(lengths.array if", "np.asarray(lengths.array[:1] if")),
        ("pack_padded_sequence.gradient",),
        stumbles=True,
    ),
)

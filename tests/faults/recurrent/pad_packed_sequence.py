"""Slips of pad_packed_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option, these
from tests.faults.recurrent._sequences import PAD, common, of_layers

FAULTS = (
    *common(
        "pad_packed_sequence",
        "sequence",
        ("unpack_sequence",),
        *of_layers("gradient"),
        packing="pack_padded_sequence",
        pure=("pack_padded_sequence",),
    ),
    Fault(
        "batch-first-always",
        "pad_packed_sequence.value",
        option("pad_packed_sequence", batch_first=constant(True)),
        (*these("pad_packed_sequence: *"), *of_layers("packed packed-order packed-reverse gradient")),
    ),
    Fault(
        "longest-for-each-length",
        "pad_packed_sequence.value",
        edited(
            PAD,
            (
                "return padded.transpose(0, 1) if batch_first else padded, wrap(lengths)",
                "return padded.transpose(0, 1) if batch_first else padded, wrap(np.full_like(lengths, longest))",
            ),
        ),
        these(
            "pad_packed_sequence: batch-first order padding-value total-length", "unpack_sequence: value order gradient"
        ),
    ),
    Fault(
        "steps-first-always",
        "pad_packed_sequence.batch-first",
        option("pad_packed_sequence", batch_first=constant(False)),
        (
            *these("pad_packed_sequence: gradient order total-length", "unpack_sequence: value order gradient"),
            *of_layers("packed gradient"),
        ),
    ),
    Fault(
        "zeros-always",
        "pad_packed_sequence.padding-value",
        option("pad_packed_sequence", padding_value=constant(0.0)),
        ("pad_packed_sequence.total-length",),
    ),
    Fault(
        "total-length-ignored",
        "pad_packed_sequence.total-length",
        option("pad_packed_sequence", total_length=constant(None)),
        ("pad_packed_sequence.total-length-too-small", "pad_packed_sequence.gradient"),
    ),
    Fault(
        "order-of-length",
        "pad_packed_sequence.order",
        edited(
            PAD,
            (
                "if sequence.sorted_indices is not None and",
                "if longest == 0 and sequence.sorted_indices is not None and",
            ),
        ),
        (
            *these("pad_packed_sequence: gradient", "unpack_sequence: order gradient"),
            *of_layers("packed-order gradient"),
        ),
    ),
    Fault(
        "lengths-in-order-of-length",
        "pad_packed_sequence.order",
        edited(PAD, ("lengths = lengths[sequence.unsorted_indices.array]", "lengths = lengths.copy()")),
        these("unpack_sequence: order gradient"),
    ),
    Fault(
        "another-exception",
        "pad_packed_sequence.total-length-too-small",
        edited(PAD, ("raise ValueError(", "raise RuntimeError(")),
    ),
)

"""Slips of pad_packed_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option
from tests.faults.recurrent._sequences import GRADIENTS, PAD, common

_BUILT_ON = ("unpack_sequence.*", "*.packed*", *GRADIENTS)

FAULTS = (
    *common("pad_packed_sequence", "sequence", *_BUILT_ON, packing="pack_padded_sequence"),
    Fault(
        "batch-first-always",
        "pad_packed_sequence.value",
        option("pad_packed_sequence", batch_first=constant(True)),
        ("pad_packed_sequence.*", *_BUILT_ON),
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
        ("pad_packed_sequence.*", *_BUILT_ON),
    ),
    Fault(
        "steps-first-always",
        "pad_packed_sequence.batch-first",
        option("pad_packed_sequence", batch_first=constant(False)),
        ("pad_packed_sequence.*", *_BUILT_ON),
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
        _BUILT_ON,
    ),
    Fault(
        "lengths-in-order-of-length",
        "pad_packed_sequence.order",
        edited(PAD, ("lengths = lengths[sequence.unsorted_indices.array]", "lengths = lengths.copy()")),
        _BUILT_ON,
    ),
    Fault(
        "another-exception",
        "pad_packed_sequence.total-length-too-small",
        edited(PAD, ("raise ValueError(", "raise RuntimeError(")),
    ),
)

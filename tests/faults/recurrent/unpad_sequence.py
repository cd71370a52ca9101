"""Slips of unpad_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option, these
from tests.faults.recurrent._sequences import common

FAULTS = (
    *common("unpad_sequence", "padded_sequences", ("unpack_sequence",), pure=()),
    Fault(
        "last-step-lost",
        "unpad_sequence.value",
        edited("sequences.unpad_sequence:unpad_sequence", ("slice(length)", "slice(max(length - 1, 1))")),
        these("unpad_sequence: batch-first gradient", "unpack_sequence: value order gradient"),
    ),
    Fault(
        "batch-first-always",
        "unpad_sequence.value",
        option("unpad_sequence", batch_first=constant(True)),
        these("unpad_sequence: gradient"),
    ),
    Fault(
        "steps-first-always",
        "unpad_sequence.batch-first",
        option("unpad_sequence", batch_first=constant(False)),
        these("unpad_sequence: gradient", "unpack_sequence: value order gradient"),
    ),
)

"""Slips of unpad_sequence."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import constant, edited, option
from tests.faults.recurrent._sequences import common

_BUILT_ON = ("unpad_sequence.*", "unpack_sequence.*")

FAULTS = (
    *common("unpad_sequence", "padded_sequences", "unpack_sequence.*"),
    Fault(
        "last-step-lost",
        "unpad_sequence.value",
        edited("sequences.unpad_sequence:unpad_sequence", ("slice(length)", "slice(max(length - 1, 1))")),
        _BUILT_ON,
    ),
    Fault(
        "batch-first-always",
        "unpad_sequence.value",
        option("unpad_sequence", batch_first=constant(True)),
        _BUILT_ON,
    ),
    Fault(
        "steps-first-always",
        "unpad_sequence.batch-first",
        option("unpad_sequence", batch_first=constant(False)),
        _BUILT_ON,
    ),
)

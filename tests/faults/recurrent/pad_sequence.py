"""Slips of pad_sequence."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import constant, operator, option, these
from tests.faults.recurrent._sequences import common

_BUILT_ON = ("pack_sequence", "unpack_sequence")


def _with_a_feature(right: Any, **given: Any) -> Any:
    """Take a step without features for one with a single one."""
    sequences = [one.unsqueeze(-1) if one.ndim == 1 else one for one in given["sequences"]]
    return right(**{**given, "sequences": sequences})


FAULTS = (
    *common("pad_sequence", "sequences", _BUILT_ON, pure=_BUILT_ON),
    Fault(
        "batch-first-always",
        "pad_sequence.value",
        option("pad_sequence", batch_first=constant(True)),
        these("pad_sequence: *", "pack_sequence: *", "unpack_sequence: *"),
    ),
    Fault(
        "steps-first-always",
        "pad_sequence.batch-first",
        option("pad_sequence", batch_first=constant(False)),
        these("pad_sequence: gradient padding-side"),
    ),
    Fault(
        "zeros-always",
        "pad_sequence.padding-value",
        option("pad_sequence", padding_value=constant(0.0)),
        ("pad_sequence.padding-side",),
    ),
    Fault(
        "right-always",
        "pad_sequence.padding-side",
        option("pad_sequence", padding_side=constant("right")),
        ("pad_sequence.gradient",),
    ),
    Fault(
        "feature-added",
        "pad_sequence.features",
        operator("pad_sequence", _with_a_feature),
        these("pad_sequence: gradient", "pack_sequence: value gradient", "unpack_sequence: value gradient"),
    ),
)

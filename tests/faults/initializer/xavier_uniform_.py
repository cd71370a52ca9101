"""Slips of xavier_uniform_."""

from __future__ import annotations

from tests.faults.initializer._by_fans import glorot
from tests.faults.initializer._shared import slip

FAULTS = (
    *glorot("xavier_uniform_", "6.0"),
    slip(
        "xavier_uniform_.bounds",
        "passed-by-little",
        "scaled:xavier_uniform_",
        ("gain * math.sqrt", "1.001 * gain * math.sqrt"),
    ),
)

"""Slips of kaiming_uniform_."""

from __future__ import annotations

from tests.faults.initializer._by_fans import he
from tests.faults.initializer._shared import slip

FAULTS = (
    *he("kaiming_uniform_"),
    slip(
        "kaiming_uniform_.bounds",
        "passed-by-little",
        "scaled:kaiming_uniform_",
        ("math.sqrt(3.0)", "1.7333"),
        also=("*.initial-*",),
    ),
)

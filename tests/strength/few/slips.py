"""A fault that is caught, and one that is none; tried on the clauses of one operator."""

from __future__ import annotations

from contextlib import nullcontext

from conformance.strength import Fault
from tests.faults._planting import operator

FAULTS = (
    Fault(
        "negative",
        "relu.value",
        operator("relu", lambda right, input, inplace: -right(input, inplace)),
        scope="relu.*",
    ),
    Fault("harmless", "relu.gradient", nullcontext, scope="relu.*"),
)

"""Faults of softsign."""

from __future__ import annotations

from tests.faults.activation._shared import at, derived, elementwise, instead, slip, steeper, twice

FAULTS = (
    slip("softsign", "value", "by-the-root-of-squares", instead("softsign", lambda x: x / (x * x + 1).sqrt())),
    slip("softsign", "gradient-at-zero", "zero-at-zero", steeper("softsign", at(0.0, by=-1.0)), alone=True),
    twice("softsign", "Softsign"),
    *elementwise("softsign"),
    *derived("softsign", kinks=True),
)

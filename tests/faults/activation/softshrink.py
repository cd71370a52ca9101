"""Faults of softshrink."""

from __future__ import annotations

from tests.faults.activation._shared import (
    F,
    at,
    defaults_only,
    derived,
    elementwise,
    filled,
    instead,
    mistaken,
    slip,
    steeper,
)

FAULTS = (
    slip("softshrink", "value", "not-moved", instead("softshrink", F.hardshrink)),
    slip("softshrink", "lambd", "default-of-a-third", mistaken("softshrink", "lambd", 0.5, 1 / 3)),
    slip(
        "softshrink",
        "negative-lambd",
        "absolute-lambd",
        filled("softshrink", lambda right, input, lambd: right(input, abs(lambd))),
        alone=True,
    ),
    slip(
        "softshrink", "gradient-at-limits", "one-at-limits", steeper("softshrink", at(-0.75, 0.75, by=1.0)), alone=True
    ),
    defaults_only("softshrink", "Softshrink"),
    *elementwise("softshrink"),
    *derived("softshrink", kinks=True),
)

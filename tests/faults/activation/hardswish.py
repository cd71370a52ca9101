"""Faults of hardswish."""

from __future__ import annotations

import numpy as np

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.activation._shared import F, afterwards, derived, elementwise, instead, slip, twice

FAULTS = (
    slip(
        "hardswish",
        "value",
        "slope-of-a-fifth",
        instead("hardswish", lambda input, **_: input * F.hardtanh(input * 0.2 + 0.5, 0.0, 1.0)),
    ),
    slip(
        "hardswish",
        "limits",
        "no-upper-limit",
        afterwards("hardswish", lambda y, x: np.where(x > 3, x * (x + 3) / 6, y)),
    ),
    *(
        Fault(
            f"slope-of-the-middle-at-{limit}",
            "hardswish.gradient-at-limits",
            edited("operators.activation.hardswish:HardswishBackward0.backward", (own, other)),
        )
        for limit, own, other in (("the-upper-limit", "x >= 3", "x > 3"), ("the-lower-limit", "x <= -3", "x < -3"))
    ),
    twice("hardswish", "Hardswish"),
    *elementwise("hardswish", in_place=True),
    *derived("hardswish"),
)

"""kaiming_normal_: He's normal distribution."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import (
    KAIMING_DEFAULTS,
    centred,
    kaiming_clauses,
    kaiming_std,
    page,
)
from conformance.distribution import Normal
from conformance.oracle import Arithmetic


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, a: float, mode: str, nonlinearity: str) -> Normal:
    """Return the normal distribution of standard deviation gain / sqrt(fan)."""
    return centred(kaiming_std(shape, arithmetic, a, mode, nonlinearity))


CARD = InitializerCard(
    "kaiming_normal_",
    page("kaiming_normal_"),
    kaiming_clauses(
        "Elements are drawn from the normal distribution around 0 whose standard deviation is the gain of leaky_relu "
        "with the slope 0 over the square root of fan_in, fan_in being the second dimension."
    ),
    distribution=distribution,
    defaults=KAIMING_DEFAULTS,
)

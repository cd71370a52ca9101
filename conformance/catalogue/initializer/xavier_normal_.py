"""xavier_normal_: Glorot's normal distribution."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import centred, page, xavier_clauses, xavier_std
from conformance.distribution import Normal
from conformance.oracle import Arithmetic


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, gain: float) -> Normal:
    """Return the normal distribution of standard deviation gain sqrt(2 / (fan_in + fan_out))."""
    return centred(xavier_std(shape, arithmetic, gain))


CARD = InitializerCard(
    "xavier_normal_",
    page("xavier_normal_"),
    xavier_clauses(
        "Elements are drawn from the normal distribution around 0 whose standard deviation is the gain times the "
        "square root of 2 / (fan_in + fan_out)."
    ),
    distribution=distribution,
    defaults={"gain": 1.0},
)

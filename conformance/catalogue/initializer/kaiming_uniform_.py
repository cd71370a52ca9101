"""kaiming_uniform_: He's uniform distribution."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import (
    IMAGE,
    KAIMING_DEFAULTS,
    LINEAR,
    around_zero,
    bounded,
    kaiming_clauses,
    kaiming_std,
    page,
)
from conformance.distribution import Uniform
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded, sqrt


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, a: float, mode: str, nonlinearity: str) -> Uniform:
    """Return the uniform distribution within gain sqrt(3 / fan)."""
    root = sqrt(Bounded.constant(3.0, arithmetic))
    return around_zero(kaiming_std(shape, arithmetic, a, mode, nonlinearity) * root)


CARD = InitializerCard(
    "kaiming_uniform_",
    page("kaiming_uniform_"),
    (
        *kaiming_clauses(
            "Elements are drawn from the uniform distribution from -bound to bound, bound being the gain of leaky_relu "
            "with the slope 0 times the square root of 3 / fan_in, fan_in being the second dimension."
        ),
        bounded(
            "bounds",
            "No element is beyond -bound or bound.",
            Filling("linear", LINEAR),
            Filling("image", IMAGE, {"a": 0.3, "mode": "fan_out"}),
        ),
    ),
    distribution=distribution,
    defaults=KAIMING_DEFAULTS,
)

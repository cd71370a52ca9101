"""xavier_uniform_: Glorot's uniform distribution."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import (
    IMAGE,
    LINEAR,
    around_zero,
    bounded,
    page,
    xavier_clauses,
    xavier_std,
)
from conformance.distribution import Uniform
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded, sqrt


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, gain: float) -> Uniform:
    """Return the uniform distribution within gain sqrt(6 / (fan_in + fan_out))."""
    return around_zero(xavier_std(shape, arithmetic, gain) * sqrt(Bounded.constant(3.0, arithmetic)))


CARD = InitializerCard(
    "xavier_uniform_",
    page("xavier_uniform_"),
    (
        *xavier_clauses(
            "Elements are drawn from the uniform distribution from -a to a, a being the gain times the square root of "
            "6 / (fan_in + fan_out)."
        ),
        bounded(
            "bounds",
            "No element is beyond -a or a.",
            Filling("linear", LINEAR),
            Filling("image", IMAGE, {"gain": 0.4}),
        ),
    ),
    distribution=distribution,
    defaults={"gain": 1.0},
)

"""uniform_: every element from the uniform distribution."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import LINEAR, VOLUME, bounded, drawn, page
from conformance.distribution import Uniform
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, a: float, b: float) -> Uniform:
    """Return the uniform distribution from a to b."""
    del shape
    return Uniform(Bounded.constant(a, arithmetic), Bounded.constant(b, arithmetic))


_CASES = (
    Filling("one-sided", LINEAR, {"a": 0.3, "b": 0.9}),
    Filling("below-zero", VOLUME, {"a": -5.7, "b": -1.1}),
    Filling("around-zero", (1 << 16,), {"a": -0.1, "b": 3.0}),
)

CARD = InitializerCard(
    "uniform_",
    page("uniform_"),
    (
        drawn("distribution", "Elements are drawn from the uniform distribution from a to b.", *_CASES),
        bounded("bounds", "a is the lower bound and b the upper bound.", *_CASES),
        drawn("defaults", "Without options the bounds are 0 and 1.", Filling("no-option", LINEAR)),
    ),
    distribution=distribution,
    defaults={"a": 0.0, "b": 1.0},
)

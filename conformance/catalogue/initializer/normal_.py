"""normal_: every element from the normal distribution."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import IMAGE, LINEAR, drawn, page
from conformance.distribution import Normal
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded


def distribution(shape: tuple[int, ...], arithmetic: Arithmetic, mean: float, std: float) -> Normal:
    """Return the normal distribution of a mean and a standard deviation."""
    del shape
    return Normal(Bounded.constant(mean, arithmetic), Bounded.constant(std, arithmetic))


CARD = InitializerCard(
    "normal_",
    page("normal_"),
    (
        drawn(
            "distribution",
            "Elements are drawn from the normal distribution of the given mean and standard deviation.",
            Filling("narrow", LINEAR, {"mean": 0.7, "std": 0.25}),
            Filling("wide", IMAGE, {"mean": -1.5, "std": 3.0}),
            Filling("vector", (1 << 16,), {"mean": 2.0, "std": 0.5}),
        ),
        drawn("defaults", "Without options the mean is 0 and the standard deviation 1.", Filling("no-option", LINEAR)),
    ),
    distribution=distribution,
    defaults={"mean": 0.0, "std": 1.0},
)

"""trunc_normal_: every element from the normal distribution, drawn again until it is between two cutoffs."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import IMAGE, LINEAR, bounded, drawn, page
from conformance.distribution import TruncatedNormal
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded


def distribution(
    shape: tuple[int, ...], arithmetic: Arithmetic, mean: float, std: float, a: float, b: float
) -> TruncatedNormal:
    """Return the normal distribution of mean and std, between a and b."""
    del shape
    return TruncatedNormal(*(Bounded.constant(number, arithmetic) for number in (mean, std, a, b)))


_CASES = (
    Filling("lopsided", LINEAR, {"mean": 0.4, "std": 0.5, "a": 0.1, "b": 1.7}),
    Filling("tight", IMAGE, {"mean": -1.0, "std": 2.0, "a": -1.3, "b": 0.6}),
    Filling("loose", (1 << 16,), {"mean": 0.3, "std": 0.5}),
)

CARD = InitializerCard(
    "trunc_normal_",
    page("trunc_normal_"),
    (
        drawn(
            "distribution",
            "Elements are drawn from the normal distribution, those outside of the cutoffs again: a and b are values, "
            "not multiples of the standard deviation, and none collects what would be beyond it.",
            *_CASES,
        ),
        bounded("cutoffs", "No element is below a or above b.", *_CASES),
        drawn(
            "defaults",
            "Without options the mean is 0, the standard deviation 1 and the cutoffs -2 and 2.",
            Filling("no-option", LINEAR),
        ),
    ),
    distribution=distribution,
    defaults={"mean": 0.0, "std": 1.0, "a": -2.0, "b": 2.0},
)

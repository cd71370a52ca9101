"""softmin: softmax of the negative numbers."""

from __future__ import annotations

from conformance.catalogue.activation._normalized import card, softmax_along
from conformance.oracle import Bounded


def softmin(input: Bounded, dim: int) -> Bounded:
    """Return exp(-x) over the sum of exp(-x) along ``dim``."""
    return softmax_along(-input, dim)


CARD = card(
    "softmin",
    "Softmin",
    softmin,
    "softmin(x) = softmax(-x): the exponential of the negative number over the sum of the slice's.",
    "Where exponentials would overflow or vanish, the results still lie in [0, 1] and sum to 1.",
)

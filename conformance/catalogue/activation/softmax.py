"""softmax: exponentials, rescaled so that each slice sums to 1."""

from __future__ import annotations

from conformance.catalogue.activation._normalized import card, softmax_along
from conformance.oracle import Bounded


def softmax(input: Bounded, dim: int) -> Bounded:
    """Return exp(x) over the sum of exp(x) along ``dim``."""
    return softmax_along(input, dim)


CARD = card(
    "softmax",
    "Softmax",
    softmax,
    "softmax takes each number of a slice to its exponential over the sum of the slice's exponentials.",
    "Where exponentials would overflow or vanish, the results still lie in [0, 1] and sum to 1.",
)

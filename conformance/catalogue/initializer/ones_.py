"""ones_: every element 1."""

from __future__ import annotations

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import filling, page
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded, broadcast_to


def values(shape: tuple[int, ...], arithmetic: Arithmetic) -> Bounded:
    """Return 1 everywhere."""
    return broadcast_to(Bounded.constant(1.0, arithmetic), shape)


CARD = InitializerCard(
    "ones_",
    page("ones_"),
    (
        filling(
            "value",
            "Every element becomes 1.",
            Filling("matrix", (3, 5)),
            Filling("five-dimensions", (2, 1, 3, 2, 2)),
            Filling("no-dimension", ()),
            Filling("empty", (0, 3)),
        ),
    ),
    values=values,
)

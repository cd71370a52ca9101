"""constant_: every element the same."""

from __future__ import annotations

import numpy as np

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import filling, page
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded, broadcast_to


def values(shape: tuple[int, ...], arithmetic: Arithmetic, val: float) -> Bounded:
    """Return ``val`` everywhere: the number that was given, rounded to the working type."""
    return broadcast_to(Bounded.constant(val, arithmetic), shape)


CARD = InitializerCard(
    "constant_",
    page("constant_"),
    (
        filling(
            "value",
            "Every element becomes val.",
            Filling("fraction", (3, 5), {"val": 0.3}),
            Filling("negative", (2, 3, 4), {"val": -2.5}),
            Filling("large", (7,), {"val": 1e20}),
            Filling("whole-number", (2, 1, 3, 2, 2), {"val": 3}),
            Filling("infinite", (2, 2), {"val": -np.inf}),
            Filling("no-dimension", (), {"val": 0.75}),
            Filling("empty", (0, 3), {"val": 1.5}),
        ),
    ),
    values=values,
)

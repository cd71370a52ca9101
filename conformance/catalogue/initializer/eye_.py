"""eye_: the identity matrix."""

from __future__ import annotations

import numpy as np

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import filling, page, refused
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded


def values(shape: tuple[int, ...], arithmetic: Arithmetic) -> Bounded:
    """Return ones on the diagonal, which preserve as many inputs as there is room for, and zeros elsewhere."""
    return Bounded.input(np.eye(shape[0], shape[1]), arithmetic)


CARD = InitializerCard(
    "eye_",
    page("eye_"),
    (
        filling(
            "value",
            "The matrix becomes the identity; where it is not square, as many inputs are preserved as possible.",
            Filling("square", (4, 4)),
            Filling("wide", (3, 5)),
            Filling("tall", (6, 2)),
            Filling("one", (1, 1)),
        ),
        refused(
            "dimensions",
            "A tensor that has not 2 dimensions is refused.",
            Filling("vector", (5,)),
            Filling("three", (2, 3, 3)),
        ),
    ),
    values=values,
)

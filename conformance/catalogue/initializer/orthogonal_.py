"""orthogonal_: a (semi-)orthogonal matrix."""

from __future__ import annotations

from conformance.card import InitializerCard, Statement
from conformance.catalogue.initializer._shared import page, refused
from conformance.initial import Filling


def _orthogonal(behaviour: str, sentence: str, *cases: Filling) -> Statement:
    return Statement(behaviour, sentence, "initial_orthogonality", cases)


CARD = InitializerCard(
    "orthogonal_",
    page("orthogonal_"),
    (
        _orthogonal(
            "orthogonality",
            "The rows of the matrix or its columns, whichever are fewer, are orthogonal to each other and of length 1.",
            Filling("square", (6, 6)),
            Filling("wide", (5, 9)),
            Filling("tall", (11, 4)),
            Filling("one-row", (1, 7)),
        ),
        _orthogonal(
            "trailing-dimensions",
            "Of a tensor with more than 2 dimensions the trailing ones are flattened.",
            Filling("image", (5, 2, 3, 2)),
            Filling("more-out", (13, 2, 3)),
        ),
        _orthogonal(
            "gain",
            "gain scales the matrix.",
            Filling("large", (4, 7), {"gain": 2.5}),
            Filling("small", (6, 3), {"gain": 0.3}),
        ),
        refused("too-few-dimensions", "A tensor of fewer than 2 dimensions is refused.", Filling("vector", (5,))),
    ),
    defaults={"gain": 1.0},
)

"""dirac_: convolutions that preserve their input channels."""

from __future__ import annotations

import numpy as np

from conformance.card import InitializerCard
from conformance.catalogue.initializer._shared import SOURCE, filling, page, refused
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded


def values(shape: tuple[int, ...], arithmetic: Arithmetic, groups: int) -> Bounded:
    """Return kernels that are 1 in the middle where an output channel of a group has an input channel's number."""
    weight = np.zeros(shape)
    middle = tuple(size // 2 for size in shape[2:])  # the cases' kernels have a middle
    own = shape[0] // groups
    for channel in range(shape[0]):
        if channel % own < shape[1]:
            weight[(channel, channel % own, *middle)] = 1
    return Bounded.input(weight, arithmetic)


CARD = InitializerCard(
    "dirac_",
    page("dirac_"),
    (
        filling(
            "value",
            "Each input channel is preserved: its kernel to the output channel of its number is 1 in the middle, and "
            "all other weights are 0.",
            Filling("signal", (4, 4, 5)),
            Filling("image", (3, 3, 3, 5)),
            Filling("volume", (2, 2, 3, 1, 5)),
        ),
        filling(
            "channels",
            "Where input and output channels differ in number, as many are preserved as possible.",
            Filling("more-in", (3, 16, 5, 5)),
            Filling("more-out", (6, 2, 3)),
        ),
        filling(
            "groups",
            "With groups, each group of output channels preserves the identity.",
            Filling("three", (9, 3, 3, 5), {"groups": 3}),
            Filling("two-with-more-out", (8, 3, 5), {"groups": 2}),
            Filling("two-with-more-in", (4, 5, 1, 3, 3), {"groups": 2}),
        ),
        refused(
            "dimensions",
            "A tensor that has not 3, 4 or 5 dimensions is refused.",
            Filling("matrix", (4, 4)),
            Filling("six", (2, 2, 1, 1, 1, 1)),
        ),
        refused(
            "groups-divide",
            "A number of output channels that groups do not divide is refused.",
            Filling("four-by-three", (4, 2, 3), {"groups": 3}),
            link=SOURCE,
        ),
    ),
    values=values,
    defaults={"groups": 1},
)

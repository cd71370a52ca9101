"""What adaptive max pooling is documented to do beyond what both adaptive pools are."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.card import Statement, value
from conformance.case import Case
from conformance.catalogue.pooling._maximum import TIES
from conformance.clause import documented
from conformance.data import Draw, Values

_NAN = float("nan")


def adaptive_elements(n: int) -> tuple[Statement, ...]:
    """Return what is documented of which element is the largest in adaptive max pooling."""

    def size(*sizes: int) -> Any:
        return sizes[-n:] if n > 1 else sizes[-1]

    def asked(name: str, image: tuple[int, ...], *sizes: int) -> Case:
        return Case(name, {"input": Draw(image)}, {"output_size": size(*sizes), "return_indices": True})

    def written(name: str, row: list[float], *sizes: int) -> Case:
        rows = np.broadcast_to(row, (1, 1, *(2,) * (n - 1), len(row))).tolist()
        return Case(name, {"input": Values(rows)}, {"output_size": size(*sizes)}, differentiable=False)

    image = (2, 2, *(2, 4, 6)[-n:])
    tied = (
        Case("many", {"input": Draw(image, "tied")}, {"output_size": size(1, 2, 2)}, differentiable=False),
        written("all-equal", [3.0] * 4, 1, 1, 2),
    )
    return (
        value(
            "indices",
            "With return_indices the position of each largest element comes along, counted through its plane in "
            "reading order, as max unpooling takes it.",
            asked("batch", (2, 2, *(4, 3, 6)[-n:]), 2, 3, 2),
            asked("unbatched", (3, *(2, 6, 6)[-n:]), 1, 2, 3),
        ),
        value("ties", "A window with several largest elements gives their value.", *tied),
        value(
            "nan",
            "A window with a NaN gives NaN, as torch.maximum documents of the largest of two.",
            written("first-and-last", [_NAN, 1.0, 4.0, 2.0, 7.0, _NAN], 1, 2, 3),
            link=documented("generated/torch.maximum.html"),
        ),
        Statement(
            "gradient-at-ties",
            "The gradient of a window with several largest elements is a subgradient: it goes to those elements alone, "
            "and sums to the window's.",
            "gradient",
            tied,
            link=documented("notes/autograd.html#gradients-for-non-differentiable-functions"),
            formulas=TIES,
        ),
    )

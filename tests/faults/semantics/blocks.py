"""Faults of Unfold and Fold together."""

from __future__ import annotations

from math import isqrt
from typing import Any

from conformance.strength import Fault
from tests.faults._planting import edited, method, these


def _down_the_columns(right: Any, module: Any, input: Any) -> Any:
    """The blocks run down the columns of the image, where there are as many of them in each direction."""
    columns = right(module, input)
    side = isqrt(columns.shape[-1])
    if side * side != columns.shape[-1] or columns.ndim != 3:
        return columns
    apart = columns.reshape(*columns.shape[:-1], side, side)
    return apart.transpose(-1, -2).reshape(*columns.shape)


FAULTS = (
    Fault(
        "blocks-down-the-columns",
        "blocks.fold-of-unfold",
        method("operators.vision.unfold:Unfold.forward", _down_the_columns),
        also=these("blocks: inverse", "unfold: layer"),
    ),
    Fault(
        "fold-halves",
        "blocks.inverse",
        edited("operators.vision.fold:Fold.forward", ("return fold(", "return 0.5 * fold(")),
        also=these("fold: layer"),
    ),
)

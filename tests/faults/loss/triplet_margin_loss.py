"""Faults of triplet_margin_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator
from tests.faults.loss._shared import accepted, derived, empty, ignored, reductions, shapes, slip

_NAME = "triplet_margin_loss"


def _examples_swapped(right: Any, positive: Any, negative: Any, **given: Any) -> Any:
    return right(positive=negative, negative=positive, **given)


FAULTS = (
    slip(_NAME, "value", "examples-swapped", operator(_NAME, _examples_swapped)),
    ignored(_NAME, "margin", margin=1.0),
    ignored(_NAME, "p", p=2),
    ignored(_NAME, "eps", eps=1e-6),
    ignored(_NAME, "swap", swap=False),
    *reductions(_NAME, "anchor"),
    shapes(_NAME, "unbatched", scalar=False, first="anchor"),
    empty(_NAME, "anchor"),
    accepted(_NAME, "margin-sign", "absolute-margin", margin=abs),
    *derived(_NAME, "TripletMarginLoss", first="anchor"),
)

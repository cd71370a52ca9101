"""Faults of triplet_margin_with_distance_loss."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import operator
from tests.faults.loss._shared import accepted, derived, ignored, reductions, slip

_NAME = "triplet_margin_with_distance_loss"
_PARTS = ("anchor", "positive", "negative")


def _examples_swapped(right: Any, positive: Any, negative: Any, **given: Any) -> Any:
    return right(positive=negative, negative=positive, **given)


def _one_dimension(right: Any, anchor: Any, positive: Any, negative: Any, **given: Any) -> Any:
    parts = {"anchor": anchor, "positive": positive, "negative": negative}
    most = max(part.ndim for part in parts.values())
    return right(**{k: v if v.ndim == most else v.reshape(1, *v.shape) for k, v in parts.items()}, **given)


FAULTS = (
    slip(_NAME, "value", "examples-swapped", operator(_NAME, _examples_swapped)),
    ignored(_NAME, "distance-function", distance_function=None),
    ignored(_NAME, "margin", margin=1.0),
    ignored(_NAME, "swap", swap=False),
    *reductions(_NAME, "anchor"),
    slip(
        _NAME,
        "more-dimensions",
        "batch-flattened",
        operator(
            _NAME,
            lambda right, **given: right(
                **{k: v.reshape(v.shape[0], -1) if k in _PARTS and v.ndim > 2 else v for k, v in given.items()}
            ),
        ),
    ),
    accepted(_NAME, "margin-sign", "absolute-margin", margin=abs),
    slip(_NAME, "shape-mismatch", "broadcast", operator(_NAME, _one_dimension), alone=True),
    *derived(_NAME, "TripletMarginWithDistanceLoss", first="anchor"),
)

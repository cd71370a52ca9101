"""Faults of resizing that interpolate and the layers that call it have in common."""

from __future__ import annotations

from typing import Any

from tests.faults._planting import Planter, edited, operator

LINE = "operators.vision._taps:Line"
RESIZED = "operators.vision._resizing:resized"

ALL = ("interpolate.*", "upsample.*", "upsample_nearest.*", "upsample_bilinear.*")
"""Every clause of the operators that resize."""


def only(wrong: Any, **wanted: Any) -> Planter:
    """Return what computes ``wrong`` in the place of interpolate where its options are those wanted."""

    def chosen(right: Any, **given: Any) -> Any:
        return wrong(right, **given) if all(given[name] == value for name, value in wanted.items()) else right(**given)

    return operator("interpolate", chosen)


def places(change: tuple[str, str], *more: tuple[str, str]) -> Planter:
    """Return what changes the source of where output pixels lie."""
    return edited("operators.vision._taps:Line.places", change, *more)

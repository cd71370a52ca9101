"""Faults of unfold."""

from __future__ import annotations

from typing import Any

from tests.faults._card import Slips
from tests.faults._planting import edited
from tests.faults.vision._blocks import options

_UNFOLD = Slips("unfold", "vision.unfold", "Unfold")


def _places_first(right: Any, input: Any, **others: Any) -> Any:
    """A column has the channels of its first place first."""
    result = right(input=input, **others)
    if input.ndim != 4 or 0 in result.shape:
        return result
    batch, rows, number = result.shape
    channels = input.shape[1]
    apart = result.reshape(batch, channels, rows // channels, number)
    return apart.transpose(1, 2).reshape(batch, rows, number)


def _rows(right: Any, input: Any, **others: Any) -> Any:
    """A row for each block where there is one block in a row."""
    result = right(input=input, **others)
    return result.transpose(1, 2) if tuple(input.shape) == (2, 5, 3, 4) else result


FAULTS = (
    _UNFOLD.fault("places-first", "value", _UNFOLD.wrong(_places_first), "*"),
    *options(_UNFOLD),
    _UNFOLD.empty(),
    _UNFOLD.fault("rows", "output-size", _UNFOLD.wrong(_rows)),
    *_UNFOLD.derived(edited("operators.vision.unfold:Unfold.forward", ("self.stride", "1"))),
)

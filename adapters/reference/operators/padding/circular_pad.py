"""circular_pad: modules that pad with the elements of the other end."""

from __future__ import annotations

from adapters.reference.operators.padding._layers import PaddingLayer

__all__ = [
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
]


class CircularPad1d(PaddingLayer):
    """An edge along the last dimension: the elements of the other end."""

    dimensions = 1
    mode = "circular"


class CircularPad2d(PaddingLayer):
    """An edge around the last two dimensions: the elements of the other end."""

    dimensions = 2
    mode = "circular"


class CircularPad3d(PaddingLayer):
    """An edge around the last three dimensions: the elements of the other end."""

    dimensions = 3
    mode = "circular"

"""reflection_pad: modules that pad with the elements mirrored, the outermost not repeated."""

from __future__ import annotations

from adapters.reference.operators.padding._layers import PaddingLayer

__all__ = [
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
]


class ReflectionPad1d(PaddingLayer):
    """An edge along the last dimension: the elements mirrored, the outermost not repeated."""

    dimensions = 1
    mode = "reflect"


class ReflectionPad2d(PaddingLayer):
    """An edge around the last two dimensions: the elements mirrored, the outermost not repeated."""

    dimensions = 2
    mode = "reflect"


class ReflectionPad3d(PaddingLayer):
    """An edge around the last three dimensions: the elements mirrored, the outermost not repeated."""

    dimensions = 3
    mode = "reflect"

"""replication_pad: modules that pad with the outermost elements repeated."""

from __future__ import annotations

from adapters.reference.operators.padding._layers import PaddingLayer

__all__ = [
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
]


class ReplicationPad1d(PaddingLayer):
    """An edge along the last dimension: the outermost elements repeated."""

    dimensions = 1
    mode = "replicate"


class ReplicationPad2d(PaddingLayer):
    """An edge around the last two dimensions: the outermost elements repeated."""

    dimensions = 2
    mode = "replicate"


class ReplicationPad3d(PaddingLayer):
    """An edge around the last three dimensions: the outermost elements repeated."""

    dimensions = 3
    mode = "replicate"

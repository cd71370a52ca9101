"""What the losses of class indices share: how a target picks elements, and where the classes are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.catalogue.loss._shared import reduced_shape
from conformance.data import Values
from conformance.oracle import Bounded, gather, positions

Indices = NDArray[np.integer[Any]]


def class_axis(shape: Sequence[int]) -> int:
    """Return the axis of the classes: the second, or the only one."""
    return 0 if len(shape) == 1 else 1


def picked(x: Bounded, target: Indices) -> Bounded:
    """Return for each target the element of its class: shapes x (N, C, ...) or (C), target (N, ...) or ()."""
    axis = class_axis(x.shape)
    return gather(x, np.take_along_axis(positions(x.shape), np.expand_dims(target, axis), axis).squeeze(axis))


def class_weights(weight: Bounded | None, target: Indices, like: Bounded) -> Bounded:
    """Return the weight of each target's class, 1 without weights."""
    return (
        Bounded.input(np.ones(target.shape), like.arithmetic)
        if weight is None
        else gather(weight, target.astype(np.intp))
    )


def unreduced_shape(
    input: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    """Return the output's shape: one loss for each place of the batch and of further dimensions."""
    del target
    axis = class_axis(input)
    return reduced_shape(input[:axis] + input[axis + 1 :], reduction)


def indices(values: Any) -> Values:
    """Return class indices written out."""
    return Values(values, dtype="int64")

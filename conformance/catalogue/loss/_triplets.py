"""What the losses of triplets share: an anchor, an example like it, and one unlike it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.case import Case
from conformance.catalogue.loss._shared import reduced, reduced_shape
from conformance.data import Draw
from conformance.oracle import Bounded, absolute, broadcast_to, hinge, power, smaller, sqrt, total
from conformance.oracle.movement import stack_sum

Distance = Callable[[Bounded, Bounded], Bounded]


def triplets(
    anchor: Bounded,
    positive: Bounded,
    negative: Bounded,
    distance: Distance,
    *,
    margin: float,
    swap: bool,
    reduction: str,
) -> Bounded:
    """Return max(0, d(a, p) - d(a, n) + margin), reduced; with ``swap``, d(p, n) for d(a, n) where it is less."""
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = smaller(far, distance(positive, negative))
    wanted = Bounded.constant(margin, anchor.arithmetic)
    return reduced(hinge(stack_sum([near, -far, broadcast_to(wanted, near.shape)])), reduction)


def norm_distance(p: float, eps: float) -> Distance:
    """Return the distance ||x - y + eps|| in the norm of degree ``p``, along the last axis."""

    def distance(x: Bounded, y: Bounded) -> Bounded:
        apart = x - y + eps
        if p == 1:
            return total(absolute(apart), (-1,))
        if p == 2:
            return sqrt(total(apart.square(), (-1,)), nonnegative=True)
        return power(total(power(absolute(apart), float(p)), (-1,)), 1 / p)

    return distance


def output_shape(
    anchor: tuple[int, ...], positive: tuple[int, ...], negative: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    """Return the output's shape: one loss for each vector."""
    del positive, negative
    return reduced_shape(anchor[:-1], reduction)


def triplet(name: str, lengths: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    """Return a case of three arrays of one shape."""
    return Case(name, {part: Draw(lengths, regime) for part in ("anchor", "positive", "negative")}, options)

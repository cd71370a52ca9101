"""Bags: which of the rows that are looked up go together, and what they are reduced to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.catalogue.embedding._shared import Indices
from conformance.oracle import Bounded, gather, maximum, positions, scatter, where
from conformance.oracle.movement import OUTSIDE


@dataclass(frozen=True)
class Bags:
    """Bags of rows.

    Args:
        bag: For each row the bag that it is in, -1 for none.
        number: How many bags there are.
    """

    bag: NDArray[Any]
    number: int

    @property
    def sizes(self) -> NDArray[Any]:
        """How many rows each bag has."""
        return np.bincount(self.bag[self.bag >= 0], minlength=self.number)


def bags(input: Indices, offsets: Indices | None, *, last: bool) -> Bags:
    """Return the bags of ``input``: its rows, or what lies between ``offsets``, the ``last`` of which may be an end."""
    if offsets is None:
        return Bags(np.repeat(np.arange(input.shape[0]), input.shape[1]), input.shape[0])
    ends = offsets if last else np.append(offsets, input.size)
    found = np.searchsorted(ends, np.arange(input.size), side="right") - 1
    number = len(ends) - 1
    return Bags(np.where(found < number, found, -1), number)


def summed(rows: Bounded, of: Bags) -> Bounded:
    """Return the sums of the rows of each bag."""
    length = rows.shape[1]
    columns = np.arange(length)
    places = np.where((of.bag < 0)[:, None], OUTSIDE, of.bag[:, None] * length + columns)
    return scatter(rows, places, (of.number, length))


def largest(rows: Bounded, of: Bags) -> Bounded:
    """Return the largest elements of the rows of each bag, 0 for an empty one."""
    length = rows.shape[1]
    sizes = of.sizes
    source = np.full((of.number, length, max(int(sizes.max(initial=0)), 1)), OUTSIDE, dtype=np.intp)
    for bag in range(of.number):
        members = positions(rows.shape)[of.bag == bag]
        source[bag, :, : len(members)] = members.T
    return where(sizes[:, None] > 0, maximum(gather(rows, source, -np.inf)), 0.0)

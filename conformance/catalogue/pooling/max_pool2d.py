"""max_pool2d: the maxima of windows of images."""

from __future__ import annotations

from typing import Any

from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._maximum import largest
from conformance.catalogue.pooling._maximum_clauses import case, maximum_card
from conformance.oracle import Bounded
from conformance.oracle.selection import Tie


def max_pool2d(
    input: Bounded,
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    dilation: Lengths = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    tie: Tie = "first",
) -> Any:
    """Return the largest of each window; see :func:`~conformance.catalogue.pooling._maximum.largest`."""
    return largest(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, dimensions=2, tie=tie)


CARD = maximum_card(
    2,
    max_pool2d,
    (case("tutorial-pair", (1, 6, 30, 30), (2, 2)), case("tutorial-number", (1, 16, 13, 13), 2)),
    (case("tutorial-first", (1, 6, 30, 30), (2, 2)), case("tutorial-second", (1, 16, 13, 13), 2)),
)

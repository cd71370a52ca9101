"""max_pool1d: the maxima of windows of signals."""

from __future__ import annotations

from typing import Any

from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._maximum import largest
from conformance.catalogue.pooling._maximum_clauses import maximum_card
from conformance.oracle import Bounded
from conformance.oracle.selection import Tie


def max_pool1d(
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
    return largest(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, dimensions=1, tie=tie)


CARD = maximum_card(1, max_pool1d)

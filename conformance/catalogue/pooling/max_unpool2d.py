"""max_unpool2d: what maxima of windows of images leave of them, in their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._unpooling import unpooled, unpooling_card
from conformance.oracle import Bounded


def max_unpool2d(
    input: Bounded,
    indices: NDArray[Any],
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    output_size: Sequence[int] | None = None,
) -> Bounded:
    """Return each element in its place; see :func:`~conformance.catalogue.pooling._unpooling.unpooled`."""
    return unpooled(input, indices, kernel_size, stride, padding, output_size, dimensions=2)


CARD = unpooling_card(2, max_unpool2d)

"""avg_pool3d: the averages of windows of volumes."""

from __future__ import annotations

from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._average import average, average_card
from conformance.oracle import Bounded


def avg_pool3d(
    input: Bounded,
    kernel_size: Lengths,
    stride: Lengths | None = None,
    padding: Lengths = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Bounded:
    """Return the average of each window; see :func:`~conformance.catalogue.pooling._average.average`."""
    return average(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, dimensions=3)


CARD = average_card(3, avg_pool3d)

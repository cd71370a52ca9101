"""lp_pool1d: the power averages of windows of signals."""

from __future__ import annotations

from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.pooling._power import power_average, power_card
from conformance.oracle import Bounded


def lp_pool1d(
    input: Bounded,
    norm_type: float,
    kernel_size: Lengths,
    stride: Lengths | None = None,
    ceil_mode: bool = False,
) -> Bounded:
    """Return the power average of each window; see :func:`~conformance.catalogue.pooling._power.power_average`."""
    return power_average(input, norm_type, kernel_size, stride, ceil_mode, dimensions=1)


CARD = power_card(1, lp_pool1d)

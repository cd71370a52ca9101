"""conv3d: the cross-correlation of volumes with kernels."""

from __future__ import annotations

from conformance.catalogue.convolution._direct import direct_card
from conformance.catalogue.convolution._shared import Lengths, Padding, convolution
from conformance.oracle import Bounded


def conv3d(
    input: Bounded,
    weight: Bounded,
    bias: Bounded | None = None,
    stride: Lengths = 1,
    padding: Padding = 0,
    dilation: Lengths = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Bounded:
    """Return the cross-correlation; see :func:`~conformance.catalogue.convolution._shared.convolution`."""
    return convolution(input, weight, bias, stride, padding, dilation, groups, padding_mode)


CARD = direct_card(3, conv3d)

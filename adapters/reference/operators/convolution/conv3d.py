"""conv3d: the cross-correlation of volumes with kernels."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.convolution._functions import convolved
from adapters.reference.operators.convolution._layers import Convolution
from adapters.reference.tensor import Tensor

__all__ = ["Conv3d", "conv3d"]


def conv3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Tensor:
    """Return the cross-correlation of ``input`` with the kernels ``weight``.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        weight: Of shape (out_channels, C / groups, kernel depth, kernel height, kernel width).
        bias: Of shape (out_channels,).
        stride: Distance between windows, one int or three (depth, height, width); so are the next two.
        padding: Zeros at each side; or ``"valid"`` for none, ``"same"`` for as many as keep the size.
        dilation: Distance between the elements of a window.
        groups: Into how many separate parts inputs and outputs are divided.

    Raises:
        RuntimeError: Shapes, dtypes or options that do not fit together; the text says which.
        TypeError: An option is not an int, or an argument no tensor.
    """
    return convolved("conv3d", input, weight, bias, stride, padding, dilation, groups)


class Conv3d(Convolution):
    """Cross-correlation of volumes with learnt kernels."""

    n = 3

"""conv_transpose3d: the transpose of the convolution of volumes."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators.convolution._functions import transposed
from adapters.reference.operators.convolution._layers import Transposed
from adapters.reference.tensor import Tensor

__all__ = ["ConvTranspose3d", "conv_transpose3d"]


def conv_transpose3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Tensor:
    """Return the sum of the kernels ``weight``, each put down where an element of ``input`` is, times that element.

    Args:
        input: Of shape (N, C, D, H, W), or (C, D, H, W).
        weight: Of shape (C, out_channels / groups, kernel depth, kernel height, kernel width).
        bias: Of shape (out_channels,).
        stride: Distance between the places, one int or three (depth, height, width);
            so are the next two and ``dilation``.
        padding: Elements cut off at each side.
        output_padding: Elements more at the end, fewer than the stride or the dilation.
        groups: Into how many separate parts inputs and outputs are divided.
        dilation: Distance between the elements of a kernel.

    Raises:
        RuntimeError: Shapes, dtypes or options that do not fit together; the text says which.
        TypeError: An option is not an int, or an argument no tensor.
    """
    return transposed("conv_transpose3d", input, weight, bias, stride, padding, output_padding, groups, dilation)


class ConvTranspose3d(Transposed):
    """Transposed convolution of volumes with learnt kernels."""

    n = 3

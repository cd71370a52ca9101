"""conv2d: the cross-correlation of images with kernels, as one matrix product an image and group."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.arithmetic.axes import squeeze, unsqueeze
from adapters.reference.autograd.function import Function
from adapters.reference.creation import empty
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import Array, DType
from adapters.reference.nn import init
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators._shared import pair
from adapters.reference.operators.convolution._checks import check_fit, check_tensors, geometry_of, same_or_valid
from adapters.reference.operators.convolution._shared import Geometry, columns_of, images_from
from adapters.reference.operators.padding.pad import pad
from adapters.reference.tensor import Tensor

__all__ = ["Conv2d", "conv2d"]

_PADDING_MODES = ("zeros", "reflect", "replicate", "circular")

_BLOCK = 2**22
"""How many elements the weight gradients of single images may take together before they are summed."""


class ConvolutionBackward0(Function):
    """``y[n, o] = b[o] + sum over c of w[o, c] * x[n, c]``, ``*`` the cross-correlation (no kernel is turned)."""

    __slots__ = ("bias", "geometry", "groups", "shape")
    linear_inputs = 2

    def linear_arrays(self) -> tuple[Array, Array, Array | None]:
        """Return input, weight, and a bias in place of the one that was added."""
        x, w, _ = self.saved
        return x, w, np.zeros(len(w), w.dtype) if self.bias else None

    def forward(self, x: Array, w: Array, b: Array | None, geometry: Geometry, groups: int) -> Array:
        """The kernels as rows, times the windows as columns."""
        self.geometry, self.groups, self.shape, self.bias = geometry, groups, x.shape, b is not None
        batch, outputs = x.shape[0], w.shape[0]
        columns = columns_of(x, geometry)
        rows, across = columns.shape[-2:]
        matrix = columns.reshape(batch, groups, w[0].size, rows * across)
        self.saved = (x, w, matrix if self.needs[1] else None)  # x is kept only to be watched
        result: Array = np.matmul(w.reshape(groups, outputs // groups, -1), matrix).reshape(
            batch, outputs, rows, across
        )
        if b is not None:
            result += b[:, None, None]
        return result

    def backward(self, gradient: Array) -> tuple[Array | None, Array | None, Array | None]:
        """Input: the transposed kernels times ``g``. Weight: ``g`` times windows. Bias: sums of ``g``."""
        _, w, matrix = self.saved
        batch, outputs, rows, across = gradient.shape
        by_group = gradient.reshape(batch, self.groups, outputs // self.groups, rows, across)
        to_x = to_w = to_b = None
        if self.needs[0]:
            kernels = w.reshape(self.groups, outputs // self.groups, -1).swapaxes(1, 2)
            to_x = images_from(kernels, by_group, self.shape, self.geometry)
        if self.needs[1]:
            flat = by_group.reshape(*by_group.shape[:3], rows * across)
            to_w = _summed_products(flat, matrix, w.size).reshape(w.shape)
        if self.needs[2]:
            to_b = gradient.reshape(batch, outputs, rows * across).sum(axis=2).sum(axis=0)
        return to_x, to_w, to_b


def _summed_products(gradient: Array, columns: Array, size: int) -> Array:
    """Return the sum over images of ``g[n] columns[n]^T``, some images at a time."""
    at_once = max(1, _BLOCK // max(size, 1))
    total = np.zeros((gradient.shape[1], gradient.shape[2], columns.shape[2]), dtype=gradient.dtype)
    for start in range(0, len(gradient), at_once):
        part = slice(start, start + at_once)
        total += np.matmul(gradient[part], columns[part].swapaxes(2, 3)).sum(axis=0)
    return total


def conv2d(
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
        input: Of shape (N, C, H, W), or (C, H, W).
        weight: Of shape (out_channels, C / groups, kernel height, kernel width).
        bias: Of shape (out_channels,).
        stride: Distance between windows, one int or two (height, width); so are the next two.
        padding: Zeros at each side; or ``"valid"`` for none, ``"same"`` for as many as keep the size (the odd one at
            the bottom and right).
        dilation: Distance between the elements of a window.
        groups: Into how many separate parts inputs and outputs are divided.

    Raises:
        RuntimeError: Shapes, dtypes or options that do not fit together; the text says which.
        TypeError: An option is not an int, or an argument no tensor.
    """
    check_tensors(input, weight, bias, groups)
    options = pair(stride, "conv2d: stride"), pair(dilation, "conv2d: dilation")
    geometry = geometry_of(weight.array.shape[2:], *options, padding)
    check_fit(input, geometry)
    batched = input if input.array.ndim == 4 else unsqueeze(input, 0)
    result: Tensor = ConvolutionBackward0.apply((batched, weight, bias), geometry, groups)
    return result if input.array.ndim == 4 else squeeze(result, 0)


class Conv2d(Module):
    """Cross-correlation with learnt kernels.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel_size: One int or two (height, width); so are the next four.
        stride: Distance between windows.
        padding: Elements added at each side, ``"valid"`` or ``"same"``.
        dilation: Distance between the elements of a window.
        groups: Into how many separate parts inputs and outputs are divided.
        bias: Whether to add a learnt bias.
        padding_mode: What is added: ``"zeros"``, ``"reflect"``, ``"replicate"`` or ``"circular"``.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.

    Raises:
        ValueError: ``groups`` divides not both numbers of channels, or a word is not one of the above.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        require_cpu(device)
        _check_options(in_channels, out_channels, groups, padding_mode)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = pair(kernel_size, "Conv2d: kernel_size")
        self.stride = pair(stride, "Conv2d: stride")
        self.dilation = pair(dilation, "Conv2d: dilation")
        self.padding = padding if isinstance(padding, str) else pair(padding, "Conv2d: padding")
        self.groups = groups
        self.padding_mode = padding_mode
        if isinstance(padding, str):
            _check_word(padding, self.stride)
        self.weight = Parameter(empty(out_channels, in_channels // groups, *self.kernel_size, dtype=dtype))
        self.bias: Parameter | None
        if bias:
            self.bias = Parameter(empty(out_channels, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias anew, uniform within ``1 / sqrt(in_channels / groups * kernel elements)``."""
        init.weight_and_bias_(self.weight, self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Return the convolution of ``input``."""
        padding = self.padding
        if self.padding_mode != "zeros":
            if isinstance(padding, str):
                top, bottom, left, right = same_or_valid(padding, self.kernel_size, self.stride, self.dilation)
            else:
                top, bottom, left, right = padding[0], padding[0], padding[1], padding[1]
            input, padding = pad(input, (left, right, top, bottom), self.padding_mode), (0, 0)
        return conv2d(input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)

    def extra_repr(self) -> str:
        """Return the options, those at their defaults left out."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        defaults = {"padding": (0, 0), "dilation": (1, 1), "groups": 1}
        for name, default in defaults.items():
            if getattr(self, name) != default:
                text += f", {name}={getattr(self, name)}"
        if self.bias is None:
            text += ", bias=False"
        return text if self.padding_mode == "zeros" else f"{text}, padding_mode={self.padding_mode}"


def _check_options(in_channels: int, out_channels: int, groups: int, padding_mode: str) -> None:
    if groups <= 0:
        raise ValueError(f"Conv2d: groups: expected 1 or more, not {groups!r}")
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if channels % groups:
            raise ValueError(f"Conv2d: {name}: expected a multiple of groups={groups}, not {channels!r}")
    if padding_mode not in _PADDING_MODES:
        raise ValueError(f"Conv2d: padding_mode: expected one of {', '.join(_PADDING_MODES)}, not {padding_mode!r}")


def _check_word(padding: str, stride: tuple[int, int]) -> None:
    if padding not in ("same", "valid"):
        raise ValueError(f"Conv2d: padding: expected ints, 'same' or 'valid', not {padding!r}")
    if padding == "same" and stride != (1, 1):
        raise ValueError(f"Conv2d: padding='same' is not supported for strided convolutions: stride is {stride}")

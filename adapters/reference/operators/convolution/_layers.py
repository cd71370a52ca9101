"""What the modules of convolutions of one and three dimensions, and of transposed ones, have in common."""

from __future__ import annotations

from typing import Any

from adapters.reference.creation import empty
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import DType
from adapters.reference.nn import init
from adapters.reference.nn.module import Module
from adapters.reference.nn.parameter import Parameter
from adapters.reference.operators.convolution._functions import convolved, same_widths, transposed
from adapters.reference.operators.padding.pad import pad
from adapters.reference.operators.pooling._spatial import numbers
from adapters.reference.tensor import Tensor

_PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


class ConvolutionLayer(Module):
    """Learnt kernels and bias, and the options; ``n`` is the number of spatial dimensions."""

    n: int
    is_transposed = False
    weight: Parameter
    bias: Parameter | None

    def _set_up(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        options: dict[str, Any],
        groups: int,
        bias: bool,
        padding_mode: str,
        device: Device | str | None,
        dtype: DType | None,
    ) -> None:
        name = type(self).__name__
        require_cpu(device)
        if groups <= 0 or in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{name}: groups: expected a divisor of in_channels={in_channels} and out_channels={out_channels}, "
                f"not {groups!r}"
            )
        if padding_mode not in (_PADDING_MODES[:1] if self.is_transposed else _PADDING_MODES):
            raise ValueError(f"{name}: padding_mode: expected one of {', '.join(_PADDING_MODES)}, not {padding_mode!r}")
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.padding_mode = padding_mode
        self.kernel_size = numbers(kernel_size, self.n, f"{name}: kernel_size")
        for option, value in options.items():
            word = option == "padding" and isinstance(value, str)
            setattr(self, option, value if word else numbers(value, self.n, f"{name}: {option}"))
        channels = (in_channels, out_channels) if self.is_transposed else (out_channels, in_channels)
        self.weight = Parameter(empty(channels[0], channels[1] // groups, *self.kernel_size, dtype=dtype))
        if bias:
            self.bias = Parameter(empty(out_channels, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias anew, uniform within ``1 / sqrt(second dimension of the weight * kernel elements)``."""
        init.weight_and_bias_(self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return the options, those at their defaults left out."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        zeros, ones = (0,) * self.n, (1,) * self.n
        for name, default in {"padding": zeros, "dilation": ones, "output_padding": zeros, "groups": 1}.items():
            if getattr(self, name, default) != default:
                text += f", {name}={getattr(self, name)}"
        if self.bias is None:
            text += ", bias=False"
        return text if self.padding_mode == "zeros" else f"{text}, padding_mode={self.padding_mode}"


class Convolution(ConvolutionLayer):
    """A cross-correlation with learnt kernels.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel_size: One int, or one for each spatial dimension; so are the next three.
        stride: Distance between windows.
        padding: Elements added at each side, ``"valid"`` or ``"same"``.
        dilation: Distance between the elements of a window.
        groups: Into how many separate parts inputs and outputs are divided.
        bias: Whether to add a learnt bias.
        padding_mode: What is added: ``"zeros"``, ``"reflect"``, ``"replicate"`` or ``"circular"``.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    stride: tuple[int, ...]
    padding: Any
    dilation: tuple[int, ...]

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
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        self._set_up(in_channels, out_channels, kernel_size, options, groups, bias, padding_mode, device, dtype)
        if self.padding == "same" and self.stride != (1,) * self.n:
            raise ValueError(f"{type(self).__name__}: padding='same' is not supported for strided convolutions")

    def forward(self, input: Tensor) -> Tensor:
        """Return the convolution of ``input``."""
        padding = self.padding
        if self.padding_mode != "zeros" and padding != "valid":
            if padding == "same":
                widths = same_widths(self.kernel_size, self.dilation)
            else:
                widths = tuple(width for side in reversed(padding) for width in (side, side))
            input, padding = pad(input, widths, self.padding_mode), 0
        name = f"conv{self.n}d"
        return convolved(name, input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)


class Transposed(ConvolutionLayer):
    """A transposed convolution with learnt kernels.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel_size: One int, or one for each spatial dimension; so are the next three and ``dilation``.
        stride: Distance between the places where the kernels are put down.
        padding: Elements cut off at each side.
        output_padding: Elements more at the end.
        groups: Into how many separate parts inputs and outputs are divided.
        bias: Whether to add a learnt bias.
        dilation: Distance between the elements of a kernel.
        padding_mode: ``"zeros"`` alone.
        device: ``"cpu"`` or ``None``.
        dtype: The dtype of the parameters, float32 where not given.
    """

    is_transposed = True
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    output_padding: tuple[int, ...]
    dilation: tuple[int, ...]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Any = 1,
        padding_mode: str = "zeros",
        device: Device | str | None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        options = {"stride": stride, "padding": padding, "dilation": dilation, "output_padding": output_padding}
        self._set_up(in_channels, out_channels, kernel_size, options, groups, bias, padding_mode, device, dtype)

    def forward(self, input: Tensor, output_size: Any = None) -> Tensor:
        """Return the transposed convolution of ``input``; ``output_size`` chooses the output padding instead."""
        extra = self.output_padding
        if output_size is not None:
            wanted = tuple(output_size)[-self.n :]
            extra = tuple(
                size - ((length - 1) * s - 2 * p + d * (k - 1) + 1)
                for size, length, s, p, d, k in zip(
                    wanted,
                    input.array.shape[-self.n :],
                    self.stride,
                    self.padding,
                    self.dilation,
                    self.kernel_size,
                    strict=True,
                )
            )
        name = f"conv_transpose{self.n}d"
        return transposed(
            name, input, self.weight, self.bias, self.stride, self.padding, extra, self.groups, self.dilation
        )

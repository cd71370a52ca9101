"""Convolutions and transposed convolutions of any number of dimensions: their options, and what is refused."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators._shared import require_tensor
from adapters.reference.operators.convolution._spatial import SpatialConvolution, TransposedConvolution, applied
from adapters.reference.operators.padding.pad import pad
from adapters.reference.operators.pooling._shared import Window
from adapters.reference.operators.pooling._spatial import Spatial, numbers
from adapters.reference.tensor import Tensor


def same_widths(kernel: tuple[int, ...], dilation: tuple[int, ...]) -> tuple[int, ...]:
    """Return the widths, as ``pad`` takes them, that keep every length; the odd one of a sum comes last."""
    sums = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
    return tuple(width for total in reversed(sums) for width in (total // 2, total - total // 2))


def convolved(
    name: str,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
) -> Tensor:
    """Return the cross-correlation; the arguments are those of the operator ``name``, such as ``conv1d``."""
    n = int(name[-2])
    _check_tensors(name, n, input, weight, groups)
    x, w = input.array.shape, weight.array.shape
    if w[0] % groups or x[-n - 1] != w[1] * groups:
        raise RuntimeError(
            f"{name}: expected {w[1] * groups} channels and a multiple of groups={groups} outputs for weight {w}, "
            f"not input {x}"
        )
    _check_bias(name, bias, w[0])
    dilations, strides = numbers(dilation, n, f"{name}: dilation"), numbers(stride, n, f"{name}: stride")
    if padding == "same":
        if strides != (1,) * n:
            raise RuntimeError(f"{name}: padding='same' is not supported for strided convolutions: stride is {stride}")
        input, padding = pad(input, same_widths(w[2:], dilations)), 0
    elif isinstance(padding, str):
        if padding != "valid":
            raise RuntimeError(f"{name}: padding: expected ints, 'same' or 'valid', not {padding!r}")
        padding = 0
    windows = _windows(name, w[2:], strides, numbers(padding, n, f"{name}: padding"), dilations)
    lengths = input.array.shape[-n:]
    counts = tuple(window.output(length, ceil_mode=False) for window, length in zip(windows, lengths, strict=True))
    if min(counts) < 1:
        raise RuntimeError(f"{name}: the kernel of weight {w} is larger than the padded input {x}")
    return applied(SpatialConvolution, input, weight, bias, windows, counts, groups)


def transposed(
    name: str,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Any,
    padding: Any,
    output_padding: Any,
    groups: int,
    dilation: Any,
) -> Tensor:
    """Return the transposed convolution; the arguments are those of the operator ``name``."""
    n = int(name[-2])
    _check_tensors(name, n, input, weight, groups)
    x, w = input.array.shape, weight.array.shape
    if x[-n - 1] != w[0] or w[0] % groups:
        raise RuntimeError(
            f"{name}: expected {w[0]} channels, a multiple of groups={groups}, for weight {w}, not input {x}"
        )
    _check_bias(name, bias, w[1] * groups)
    windows = _windows(
        name,
        w[2:],
        numbers(stride, n, f"{name}: stride"),
        numbers(padding, n, f"{name}: padding"),
        numbers(dilation, n, f"{name}: dilation"),
    )
    extra = numbers(output_padding, n, f"{name}: output_padding")
    for window, more in zip(windows, extra, strict=True):
        if not 0 <= more < max(window.stride, window.dilation):
            raise RuntimeError(
                f"{name}: output_padding: expected less than the stride or the dilation, not {output_padding!r}"
            )
    lengths = tuple(
        window.reach(count) - 2 * window.padding + more
        for window, count, more in zip(windows, x[-n:], extra, strict=True)
    )
    if min(lengths) < 1:
        raise RuntimeError(f"{name}: input {x} and weight {w} would give an output of size {lengths}: it is too small")
    return applied(TransposedConvolution, input, weight, bias, windows, lengths, groups)


def _windows(name: str, kernel: Any, stride: Any, padding: Any, dilation: Any) -> Spatial:
    if min(stride) < 1 or min(dilation) < 1 or min(padding) < 0:
        raise RuntimeError(
            f"{name}: expected a stride and a dilation of 1 or more and a padding of 0 or more (negative padding is "
            f"not supported), not {stride}, {dilation} and {padding}"
        )
    return tuple(Window(*options) for options in zip(kernel, stride, padding, dilation, strict=True))


def _check_tensors(name: str, n: int, input: Tensor, weight: Tensor, groups: int) -> None:
    require_tensor(input, f"{name}: input")
    require_tensor(weight, f"{name}: weight")
    if isinstance(groups, bool) or not isinstance(groups, int):
        raise TypeError(f"{name}: groups: expected an int, not {groups!r}")
    if groups < 1:
        raise RuntimeError(f"{name}: groups: expected 1 or more (non-positive groups is not supported), not {groups}")
    if weight.ndim != n + 2 or 0 in weight.array.shape[2:]:
        raise RuntimeError(f"{name}: weight: expected {n + 2} dimensions with a kernel, not {weight.array.shape}")
    if input.ndim not in (n + 1, n + 2):
        raise RuntimeError(
            f"{name}: input: expected {n + 1} (unbatched) or {n + 2} (batched) dimensions, not {input.array.shape}"
        )
    if input.dtype != weight.dtype:
        raise RuntimeError(f"{name}: expected input and weight of the same dtype, not {input.dtype} and {weight.dtype}")


def _check_bias(name: str, bias: Tensor | None, outputs: int) -> None:
    if bias is None:
        return
    require_tensor(bias, f"{name}: bias")
    if bias.array.shape != (outputs,):
        raise RuntimeError(f"{name}: bias: expected shape ({outputs},), not {bias.array.shape}")

"""The options of convolutions, and what is refused."""

from __future__ import annotations

from typing import Any

from adapters.reference.operators._shared import pair, require_tensor
from adapters.reference.operators.convolution._shared import Geometry
from adapters.reference.tensor import Tensor


def geometry_of(kernel: Any, stride: tuple[int, int], dilation: tuple[int, int], padding: Any) -> Geometry:
    """Return how the windows lie, after checking the options."""
    if min(stride) < 1:
        raise RuntimeError(f"conv2d: stride: expected 1 or more (non-positive stride is not supported), not {stride}")
    if min(dilation) < 1:
        raise RuntimeError(f"conv2d: dilation: expected 1 or more, not {dilation}")
    if isinstance(padding, str):
        return Geometry(kernel, stride, dilation, same_or_valid(padding, kernel, stride, dilation))
    vertical, horizontal = pair(padding, "conv2d: padding")
    if min(vertical, horizontal) < 0:
        raise RuntimeError(f"conv2d: padding: expected 0 or more (negative padding is not supported), not {padding!r}")
    return Geometry(kernel, stride, dilation, (vertical, vertical, horizontal, horizontal))


def same_or_valid(
    padding: str, kernel: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Return the padding (top, bottom, left, right) that a word means."""
    if padding == "valid":
        return 0, 0, 0, 0
    if padding != "same":
        raise RuntimeError(f"conv2d: padding: expected ints, 'same' or 'valid', not {padding!r}")
    if stride != (1, 1):
        raise RuntimeError(f"conv2d: padding='same' is not supported for strided convolutions: stride is {stride}")
    vertical, horizontal = dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)
    return vertical // 2, vertical - vertical // 2, horizontal // 2, horizontal - horizontal // 2


def check_tensors(input: Tensor, weight: Tensor, bias: Tensor | None, groups: int) -> None:
    """Refuse tensors that do not fit together."""
    require_tensor(input, "conv2d: input")
    require_tensor(weight, "conv2d: weight")
    _check_groups(groups)
    x, w = input.array.shape, weight.array.shape
    if len(w) != 4 or 0 in w[2:]:
        raise RuntimeError(f"conv2d: weight: expected shape (out, in / groups, height, width) with a kernel, not {w}")
    if len(x) not in (3, 4):
        raise RuntimeError(f"conv2d: input: expected 3 (unbatched) or 4 (batched) dimensions, not shape {x}")
    if w[0] % groups:
        raise RuntimeError(
            f"conv2d: groups: expected a divisor of the {w[0]} output channels of weight {w}, not {groups}"
        )
    if x[-3] != w[1] * groups:
        raise RuntimeError(
            f"conv2d: input: expected {w[1] * groups} channels for weight {w} and groups={groups}, not {x[-3]} in {x}"
        )
    if input.array.dtype != weight.array.dtype:
        raise RuntimeError(f"conv2d: expected input and weight of the same dtype, not {input.dtype} and {weight.dtype}")
    if bias is not None:
        _check_bias(input, weight, bias)


def _check_groups(groups: int) -> None:
    if isinstance(groups, bool) or not isinstance(groups, int):
        raise TypeError(f"conv2d: groups: expected an int, not {groups!r}")
    if groups < 1:
        raise RuntimeError(f"conv2d: groups: expected 1 or more (non-positive groups is not supported), not {groups}")


def _check_bias(input: Tensor, weight: Tensor, bias: Tensor) -> None:
    require_tensor(bias, "conv2d: bias")
    w, b = weight.array.shape, bias.array.shape
    if b != (w[0],):
        raise RuntimeError(f"conv2d: bias: expected shape ({w[0]},) for weight {w}, not {b}")
    if bias.array.dtype != input.array.dtype:
        raise RuntimeError(f"conv2d: expected input and bias of the same dtype, not {input.dtype} and {bias.dtype}")


def check_fit(input: Tensor, geometry: Geometry) -> None:
    """Refuse a kernel that is larger than the padded input."""
    height, width = input.array.shape[-2:]
    if min(geometry.output(height, width)) < 1:
        raise RuntimeError(
            f"conv2d: kernel of extent {geometry.extent()} (height, width) is larger than the padded input "
            f"{geometry.padded(height, width)}"
        )

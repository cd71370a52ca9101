"""Wrong convolutions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import (
    both,
    swapped,
)

PASS = "ConvolutionBackward0"


def on_arrays(change: Any) -> Any:
    """Return a forward pass that changes what comes out; ``change`` gets the result and the bias."""
    return lambda right, node, x, w, b, *others: change(right(node, x, w, b, *others), b)


def factors(change: Any) -> Any:
    """Return a forward pass that changes input and weight before it multiplies them."""
    return lambda right, node, x, w, *others: right(node, change(x), change(w), *others)


def of_float32(change: Any) -> Any:
    return lambda array: change(array) if array.dtype == np.float32 else array


def bias_reversed(y: Any, b: Any) -> Any:
    """Output channels are numbered from the other end where the bias is added."""
    return y if b is None else y + (b[::-1] - b)[:, None, None]


def one_by_one(right: Any, **arguments: Any) -> Any:
    """A short way for kernels of one element that forgets the bias."""
    if tuple(arguments["weight"].shape[2:]) == (1, 1):
        arguments["bias"] = None
    return right(**arguments)


def one_by_one_unstrided(right: Any, **arguments: Any) -> Any:
    """A short way for kernels of one element that forgets the stride."""
    if tuple(arguments["weight"].shape[2:]) == (1, 1):
        arguments["stride"] = 1
    return right(**arguments)


def whole_image(right: Any, **arguments: Any) -> Any:
    """A short way for kernels as large as the image that returns no positions."""
    result = right(**arguments)
    whole = tuple(arguments["weight"].shape[2:]) == tuple(arguments["input"].shape[2:])
    return result.reshape(*result.shape[:2]) if whole else result


def interleaved_groups(right: Any, input: Any, groups: int, **arguments: Any) -> Any:
    """Group g sees the channels g, g + groups, g + 2 groups ... and not those that lie together."""
    if groups == 1:
        return right(input=input, groups=groups, **arguments)
    channels = np.arange(input.shape[-3]).reshape(-1, groups).T.reshape(-1).tolist()
    chosen = input[:, channels] if input.ndim == 4 else input[channels]
    return right(input=chosen, groups=groups, **arguments)


def interleaved_outputs(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """The outputs of the groups come out in turn and not one group after the other."""
    result = right(input=input, weight=weight, groups=groups, **arguments)
    if groups == 1:
        return result
    order = np.arange(weight.shape[0]).reshape(groups, -1).T.reshape(-1).tolist()
    return result[:, order] if input.ndim == 4 else result[order]


def depthwise(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """A way of its own for one group a channel: kernel o filters channel o modulo the channels."""
    if groups == 1 or weight.shape[1] > 1 or weight.shape[0] == groups:
        return right(input=input, weight=weight, groups=groups, **arguments)
    return interleaved_outputs(right, input, weight, groups, **arguments)


def uneven_to_the_other_side(right: Any, padding: Any, **arguments: Any) -> Any:
    """padding='same' puts the odd row above and the odd column to the right: neither convention."""
    weight, dilation = arguments["weight"], both(arguments["dilation"])
    if padding != "same":
        return right(padding=padding, **arguments)
    high, wide = (d * (k - 1) for d, k in zip(dilation, weight.shape[2:], strict=True))
    widths = (wide // 2, wide - wide // 2, high - high // 2, high // 2)
    if both(arguments["stride"]) != (1, 1):
        return right(padding=padding, **arguments)
    arguments["input"] = torch.nn.functional.pad(arguments["input"], widths)
    return right(padding=0, **arguments)


def same(reckoned: Any) -> Any:
    """Return what pads by ``reckoned(kernel, dilation)`` on both sides for padding='same'."""

    def wrong(right: Any, padding: Any, **arguments: Any) -> Any:
        if padding == "same" and both(arguments["stride"]) == (1, 1):
            kernel, dilation = arguments["weight"].shape[2:], both(arguments["dilation"])
            padding = tuple(reckoned(k, d) for k, d in zip(kernel, dilation, strict=True))
        return right(padding=padding, **arguments)

    return wrong


def on_one_side(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """All of the padding is put before the image."""
    if isinstance(padding, str) or both(padding) == (0, 0):
        return right(input=input, padding=padding, **arguments)
    high, wide = both(padding)
    return right(input=torch.nn.functional.pad(input, (2 * wide, 0, 2 * high, 0)), padding=0, **arguments)


def edge_repeated(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """The padding repeats the image's edge."""
    if isinstance(padding, str) or both(padding) == (0, 0) or 0 in input.shape:
        return right(input=input, padding=padding, **arguments)
    high, wide = both(padding)
    return right(input=torch.nn.functional.pad(input, (wide, wide, high, high), "replicate"), padding=0, **arguments)


def combined(right: Any, **arguments: Any) -> Any:
    """The general way, for strides together with dilation, takes the padding the other way round."""
    if both(arguments["stride"]) != (1, 1) and both(arguments["dilation"]) != (1, 1):
        arguments["padding"] = swapped(arguments["padding"])
    return right(**arguments)


def rounded_up(right: Any, input: Any, **arguments: Any) -> Any:
    """A last window that does not fit is counted, and sees zeros."""
    if arguments["padding"] == "same":
        return right(input=input, **arguments)
    kernel, dilation, stride = arguments["weight"].shape[2:], both(arguments["dilation"]), both(arguments["stride"])
    padding = (0, 0) if arguments["padding"] == "valid" else both(arguments["padding"])
    spans = [
        length + 2 * p - d * (k - 1) - 1
        for length, k, d, p in zip(input.shape[-2:], kernel, dilation, padding, strict=True)
    ]
    high, wide = (-span % s if span >= 0 else 0 for span, s in zip(spans, stride, strict=True))
    if (high, wide) == (0, 0):
        return right(input=input, **arguments)
    return right(input=torch.nn.functional.pad(input, (0, wide, 0, high)), **arguments)


def unbatched_as_batch(right: Any, input: Any, **arguments: Any) -> Any:
    result = right(input=input, **arguments)
    return result.unsqueeze(0) if input.ndim == 3 else result


def no_empty_batch(right: Any, input: Any, **arguments: Any) -> Any:
    if input.shape[0] == 0:
        raise RuntimeError("conv2d: the batch is empty")
    return right(input=input, **arguments)


def no_bias_no_result(right: Any, bias: Any, **arguments: Any) -> Any:
    return right(
        bias=torch.ones(arguments["weight"].shape[0], dtype=arguments["weight"].dtype) if bias is None else bias,
        **arguments,
    )


def as_it_comes(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """Channels that do not divide by the groups are left out."""
    features, channels = weight.shape[0] // groups * groups, weight.shape[1] * groups
    if groups == 1:
        return right(input=input, weight=weight, groups=groups, **arguments)
    bias = arguments.pop("bias")
    kept = input[:, :channels] if input.ndim == 4 else input[:channels]
    kept_bias = None if bias is None else bias[:features]
    return right(input=kept, weight=weight[:features], bias=kept_bias, groups=groups, **arguments)


def channels_left_out(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """Channels that the weight does not have are left out."""
    channels = weight.shape[1] * groups
    if groups == 1 and input.ndim in (3, 4) and input.shape[-3] > channels:
        input = input[:, :channels] if input.ndim == 4 else input[:channels]
    return right(input=input, weight=weight, groups=groups, **arguments)


def strided_same(right: Any, padding: Any, **arguments: Any) -> Any:
    if padding == "same" and both(arguments["stride"]) != (1, 1):
        padding = tuple(k // 2 for k in arguments["weight"].shape[2:])
    return right(padding=padding, **arguments)


def empty_output(right: Any, **arguments: Any) -> Any:
    """A kernel that is too large gives an output without elements."""
    try:
        return right(**arguments)
    except RuntimeError as error:
        if "larger than the padded input" not in str(error):
            raise
        return torch.zeros(arguments["input"].shape[0], arguments["weight"].shape[0], 0, 0)


def any_dimensions(right: Any, input: Any, weight: Any, **arguments: Any) -> Any:
    """Whatever comes is made four-dimensional."""
    if input.ndim in (3, 4):
        return right(input=input, weight=weight, **arguments)
    return right(input=input.reshape(-1, weight.shape[1], *input.shape[-2:]), weight=weight, **arguments)


def flipped_and_left_so(right: Any, weight: Any, **arguments: Any) -> Any:
    """The kernels are turned in place, as an FFT would have them, and never turned back."""
    result = right(weight=weight, **arguments)
    weight.array[...] = weight.array[..., ::-1, ::-1].copy()
    return result


def one_side_ahead_the_other_back(right: Any, node: Any, x: Any, w: Any, *others: Any) -> Any:
    """The forward pass puts the odd zeros of padding='same' before the image, the backward pass behind it."""
    result = right(node, x, w, *others)
    (top, bottom, left, right_) = node.geometry.padding
    if (top, left) == (bottom, right_):
        return result
    turned = replace(node.geometry, padding=(bottom, top, right_, left))
    kept = {name: getattr(node, name) for name in ("geometry", "saved")}
    changed = right(node, x, w, *(turned if one is kept["geometry"] else one for one in others))
    for name, value in kept.items():
        setattr(node, name, value)
    return changed

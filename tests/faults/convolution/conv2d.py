"""Faults of conv2d."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.namespace import torch
from conformance.strength import Fault
from tests.faults._planting import (
    both,
    constant,
    forward,
    gradients,
    method,
    operator,
    option,
    significand,
    swapped,
    these,
    through,
    widened,
)

_PASS = "ConvolutionBackward0"


def _on_arrays(change: Any) -> Any:
    """Return a forward pass that changes what comes out; ``change`` gets the result and the bias."""
    return lambda right, node, x, w, b, *others: change(right(node, x, w, b, *others), b)


def _factors(change: Any) -> Any:
    """Return a forward pass that changes input and weight before it multiplies them."""
    return lambda right, node, x, w, *others: right(node, change(x), change(w), *others)


def _of_float32(change: Any) -> Any:
    return lambda array: change(array) if array.dtype == np.float32 else array


def _bias_reversed(y: Any, b: Any) -> Any:
    """Output channels are numbered from the other end where the bias is added."""
    return y if b is None else y + (b[::-1] - b)[:, None, None]


def _one_by_one(right: Any, **arguments: Any) -> Any:
    """A short way for kernels of one element that forgets the bias."""
    if tuple(arguments["weight"].shape[2:]) == (1, 1):
        arguments["bias"] = None
    return right(**arguments)


def _one_by_one_unstrided(right: Any, **arguments: Any) -> Any:
    """A short way for kernels of one element that forgets the stride."""
    if tuple(arguments["weight"].shape[2:]) == (1, 1):
        arguments["stride"] = 1
    return right(**arguments)


def _whole_image(right: Any, **arguments: Any) -> Any:
    """A short way for kernels as large as the image that returns no positions."""
    result = right(**arguments)
    whole = tuple(arguments["weight"].shape[2:]) == tuple(arguments["input"].shape[2:])
    return result.reshape(*result.shape[:2]) if whole else result


def _interleaved_groups(right: Any, input: Any, groups: int, **arguments: Any) -> Any:
    """Group g sees the channels g, g + groups, g + 2 groups ... and not those that lie together."""
    if groups == 1:
        return right(input=input, groups=groups, **arguments)
    channels = np.arange(input.shape[-3]).reshape(-1, groups).T.reshape(-1).tolist()
    chosen = input[:, channels] if input.ndim == 4 else input[channels]
    return right(input=chosen, groups=groups, **arguments)


def _interleaved_outputs(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """The outputs of the groups come out in turn and not one group after the other."""
    result = right(input=input, weight=weight, groups=groups, **arguments)
    if groups == 1:
        return result
    order = np.arange(weight.shape[0]).reshape(groups, -1).T.reshape(-1).tolist()
    return result[:, order] if input.ndim == 4 else result[order]


def _depthwise(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """A way of its own for one group a channel: kernel o filters channel o modulo the channels."""
    if groups == 1 or weight.shape[1] > 1 or weight.shape[0] == groups:
        return right(input=input, weight=weight, groups=groups, **arguments)
    return _interleaved_outputs(right, input, weight, groups, **arguments)


def _uneven_to_the_other_side(right: Any, padding: Any, **arguments: Any) -> Any:
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


def _same(reckoned: Any) -> Any:
    """Return what pads by ``reckoned(kernel, dilation)`` on both sides for padding='same'."""

    def wrong(right: Any, padding: Any, **arguments: Any) -> Any:
        if padding == "same" and both(arguments["stride"]) == (1, 1):
            kernel, dilation = arguments["weight"].shape[2:], both(arguments["dilation"])
            padding = tuple(reckoned(k, d) for k, d in zip(kernel, dilation, strict=True))
        return right(padding=padding, **arguments)

    return wrong


def _on_one_side(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """All of the padding is put before the image."""
    if isinstance(padding, str) or both(padding) == (0, 0):
        return right(input=input, padding=padding, **arguments)
    high, wide = both(padding)
    return right(input=torch.nn.functional.pad(input, (2 * wide, 0, 2 * high, 0)), padding=0, **arguments)


def _edge_repeated(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """The padding repeats the image's edge."""
    if isinstance(padding, str) or both(padding) == (0, 0) or 0 in input.shape:
        return right(input=input, padding=padding, **arguments)
    high, wide = both(padding)
    return right(input=torch.nn.functional.pad(input, (wide, wide, high, high), "replicate"), padding=0, **arguments)


def _combined(right: Any, **arguments: Any) -> Any:
    """The general way, for strides together with dilation, takes the padding the other way round."""
    if both(arguments["stride"]) != (1, 1) and both(arguments["dilation"]) != (1, 1):
        arguments["padding"] = swapped(arguments["padding"])
    return right(**arguments)


def _rounded_up(right: Any, input: Any, **arguments: Any) -> Any:
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


def _unbatched_as_batch(right: Any, input: Any, **arguments: Any) -> Any:
    result = right(input=input, **arguments)
    return result.unsqueeze(0) if input.ndim == 3 else result


def _no_empty_batch(right: Any, input: Any, **arguments: Any) -> Any:
    if input.shape[0] == 0:
        raise RuntimeError("conv2d: the batch is empty")
    return right(input=input, **arguments)


def _no_bias_no_result(right: Any, bias: Any, **arguments: Any) -> Any:
    return right(
        bias=torch.ones(arguments["weight"].shape[0], dtype=arguments["weight"].dtype) if bias is None else bias,
        **arguments,
    )


def _as_it_comes(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """Channels that do not divide by the groups are left out."""
    features, channels = weight.shape[0] // groups * groups, weight.shape[1] * groups
    if groups == 1:
        return right(input=input, weight=weight, groups=groups, **arguments)
    bias = arguments.pop("bias")
    kept = input[:, :channels] if input.ndim == 4 else input[:channels]
    kept_bias = None if bias is None else bias[:features]
    return right(input=kept, weight=weight[:features], bias=kept_bias, groups=groups, **arguments)


def _channels_left_out(right: Any, input: Any, weight: Any, groups: int, **arguments: Any) -> Any:
    """Channels that the weight does not have are left out."""
    channels = weight.shape[1] * groups
    if groups == 1 and input.ndim in (3, 4) and input.shape[-3] > channels:
        input = input[:, :channels] if input.ndim == 4 else input[:channels]
    return right(input=input, weight=weight, groups=groups, **arguments)


def _strided_same(right: Any, padding: Any, **arguments: Any) -> Any:
    if padding == "same" and both(arguments["stride"]) != (1, 1):
        padding = tuple(k // 2 for k in arguments["weight"].shape[2:])
    return right(padding=padding, **arguments)


def _empty_output(right: Any, **arguments: Any) -> Any:
    """A kernel that is too large gives an output without elements."""
    try:
        return right(**arguments)
    except RuntimeError as error:
        if "larger than the padded input" not in str(error):
            raise
        return torch.zeros(arguments["input"].shape[0], arguments["weight"].shape[0], 0, 0)


def _any_dimensions(right: Any, input: Any, weight: Any, **arguments: Any) -> Any:
    """Whatever comes is made four-dimensional."""
    if input.ndim in (3, 4):
        return right(input=input, weight=weight, **arguments)
    return right(input=input.reshape(-1, weight.shape[1], *input.shape[-2:]), weight=weight, **arguments)


def _flipped_and_left_so(right: Any, weight: Any, **arguments: Any) -> Any:
    """The kernels are turned in place, as an FFT would have them, and never turned back."""
    result = right(weight=weight, **arguments)
    weight.array[...] = weight.array[..., ::-1, ::-1].copy()
    return result


def _layer_without(option_name: str, default: Any) -> Any:
    """Return a Conv2d whose forward forgets an option."""

    def wrong(right: Any, module: Any, input: Any) -> Any:
        kept = getattr(module, option_name)
        setattr(module, option_name, default)
        try:
            return right(module, input)
        finally:
            setattr(module, option_name, kept)

    return method("operators.convolution.conv2d:Conv2d.forward", wrong)


def _mode_as(given: str, taken: str) -> Any:
    """Return what takes one padding mode for another."""

    def wrong(right: Any, module: Any, input: Any) -> Any:
        if module.padding_mode != given:
            return right(module, input)
        module.padding_mode = taken
        try:
            return right(module, input)
        finally:
            module.padding_mode = given

    return method("operators.convolution.conv2d:Conv2d.forward", wrong)


def _mode_forgotten_for_words(right: Any, module: Any, input: Any) -> Any:
    """With padding='same' the padding mode is forgotten: zeros are padded."""
    if module.padding_mode == "zeros" or not isinstance(module.padding, str):
        return right(module, input)
    mode, module.padding_mode = module.padding_mode, "zeros"
    try:
        return right(module, input)
    finally:
        module.padding_mode = mode


def _edge_in_the_mirror(right: Any, mode: str, size: int, before: int, after: int) -> Any:
    """The mirror stands at the edge of the last pixel and not in its middle: the edge is repeated."""
    if mode != "reflect":
        return right(mode, size, before, after)
    position = np.arange(-before, size + after)
    return np.where(position < 0, -1 - position, np.where(position >= size, 2 * size - 1 - position, position))


def _wrapped_the_wrong_way(right: Any, mode: str, size: int, before: int, after: int) -> Any:
    """The padding in front continues the front and not the end."""
    found = right(mode, size, before, after)
    return np.concatenate([np.arange(before) % size, found[before:]]) if mode == "circular" else found


def _padding_swapped_in_modes(right: Any, input: Any, pad: Any, mode: str, value: Any) -> Any:
    """Widths are given height first, where pad wants the last dimension first."""
    return right(input=input, pad=(*pad[2:], *pad[:2]) if mode == "replicate" else pad, mode=mode, value=value)


FAULTS = (
    Fault(
        "kernel-flipped",
        "conv2d.value",
        forward(
            _PASS, lambda right, node, x, w, *others: right(node, x, np.ascontiguousarray(w[..., ::-1, ::-1]), *others)
        ),
        also=these("conv2d: *", "tutorial_network: gradient loss one-step output"),
    ),
    Fault(
        "bias-added-twice",
        "conv2d.value",
        forward(_PASS, _on_arrays(lambda y, b: y if b is None else y + b[:, None, None])),
        also=these(
            "conv2d: *",
            "tutorial: first-bias-gradient loss manual-update output",
            "tutorial_network: gradient loss one-step output",
        ),
    ),
    Fault(
        "bias-in-reversed-order",
        "conv2d.value",
        forward(_PASS, _on_arrays(_bias_reversed)),
        also=these(
            "conv2d: *",
            "tutorial: first-bias-gradient loss loss-falls manual-update output",
            "tutorial_network: gradient loss one-step output",
        ),
    ),
    Fault(
        "products-of-float16-factors",
        "conv2d.value",
        forward(_PASS, _factors(_of_float32(through("float16")))),
        also=these("conv2d: *", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "float64-computed-in-float32",
        "conv2d.value",
        forward(_PASS, _factors(through("float32"))),
        also=these("conv2d: *", "tutorial_network: gradient loss one-step output"),
    ),
    Fault(
        "tensor-float32",
        "conv2d.exact-integers",
        forward(_PASS, _factors(_of_float32(significand(11)))),
        also=these("conv2d: *", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "sums-of-float16",
        "conv2d.exact-integers",
        forward(_PASS, _on_arrays(lambda y, _: through("float16")(y) if y.dtype == np.float32 else y)),
        also=these("conv2d: *"),
    ),
    Fault(
        "result-always-float64",
        "conv2d.dtype",
        widened("conv2d"),
        also=these("graph: tutorial-*", "sequential: same-as-subclass", "tutorial: *", "tutorial_network: *"),
    ),
    Fault(
        "ones-without-bias",
        "conv2d.no-bias",
        operator("conv2d", _no_bias_no_result),
        also=these("conv2d: combined layer value"),
    ),
    Fault(
        "stride-swapped",
        "conv2d.stride",
        option("conv2d", stride=swapped),
        also=these(
            "conv2d: combined gradient layer layer-gradient output-size padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate padding-valid single-position unbatched value",
        ),
    ),
    Fault(
        "stride-of-the-height-for-both",
        "conv2d.stride",
        option("conv2d", stride=lambda s: both(s)[0]),
        also=these(
            "conv2d: combined gradient layer layer-gradient output-size padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate padding-valid single-position unbatched value",
        ),
    ),
    Fault(
        "stride-at-most-the-kernel",
        "conv2d.stride",
        operator(
            "conv2d",
            lambda right, stride, weight, **others: right(
                stride=tuple(map(min, both(stride), weight.shape[2:])), weight=weight, **others
            ),
        ),
        also=these("conv2d: combined gradient layer output-size single-position value"),
    ),
    Fault(
        "padding-swapped",
        "conv2d.padding",
        option("conv2d", padding=swapped),
        also=these("conv2d: combined gradient layer output-size single-position value"),
    ),
    Fault(
        "padding-on-one-side",
        "conv2d.padding",
        operator("conv2d", _on_one_side),
        also=these("conv2d: combined gradient layer single-position value"),
    ),
    Fault(
        "padding-repeats-the-edge",
        "conv2d.padding",
        operator("conv2d", _edge_repeated),
        also=these("conv2d: combined gradient layer single-position value"),
    ),
    Fault(
        "padding-less-than-the-kernel",
        "conv2d.padding",
        operator(
            "conv2d",
            lambda right, padding, weight, **others: right(
                padding=padding
                if isinstance(padding, str)
                else tuple(min(p, k - 1) for p, k in zip(both(padding), weight.shape[2:], strict=True)),
                weight=weight,
                **others,
            ),
        ),
        also=these("conv2d: combined gradient layer single-position value"),
    ),
    Fault(
        "valid-pads-by-one",
        "conv2d.padding-valid",
        option("conv2d", padding=lambda p: 1 if p == "valid" else p),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "same-is-half-the-kernel",
        "conv2d.padding-same",
        operator("conv2d", _same(lambda k, d: k // 2 if d * (k - 1) % 2 == 0 else d * (k - 1) // 2)),
        also=these("conv2d: gradient gradient-same-even layer output-size padding-same-even"),
    ),
    Fault(
        "same-pads-both-sides-in-full",
        "conv2d.padding-same",
        operator("conv2d", _same(lambda k, d: d * (k - 1))),
        also=these("conv2d: gradient gradient-same-even layer output-size padding-same-even"),
    ),
    Fault(
        "same-without-the-odd-zero",
        "conv2d.padding-same-even",
        operator("conv2d", _same(lambda k, d: d * (k - 1) // 2)),
        also=these("conv2d: gradient-same-even output-size"),
    ),
    Fault(
        "odd-zeros-on-unlike-sides",
        "conv2d.padding-same-even",
        operator("conv2d", _uneven_to_the_other_side),
        also=these("conv2d: gradient-same-even"),
    ),
    Fault(
        "dilation-swapped",
        "conv2d.dilation",
        option("conv2d", dilation=swapped),
        also=these(
            "conv2d: combined gradient gradient-same-even kernel-fits layer layer-gradient output-size",
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate padding-same",
            "conv2d: padding-same-even value",
        ),
    ),
    Fault(
        "dilation-ignored",
        "conv2d.dilation",
        option("conv2d", dilation=constant(1)),
        also=these(
            "conv2d: combined gradient gradient-same-even kernel-fits layer layer-gradient output-size",
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate padding-same",
            "conv2d: padding-same-even value",
        ),
    ),
    Fault(
        "groups-take-channels-in-turn",
        "conv2d.groups",
        operator("conv2d", _interleaved_groups),
        also=these(
            "conv2d: combined gradient layer layer-gradient padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate value",
        ),
    ),
    Fault(
        "outputs-of-groups-in-turn",
        "conv2d.groups",
        operator("conv2d", _interleaved_outputs),
        also=these("conv2d: combined depthwise gradient layer unbatched value"),
    ),
    Fault(
        "depthwise-kernels-in-turn",
        "conv2d.depthwise",
        operator("conv2d", _depthwise),
        also=these("conv2d: combined gradient layer unbatched"),
    ),
    Fault(
        "padding-swapped-where-strided-and-dilated",
        "conv2d.combined",
        operator("conv2d", _combined),
        also=these("conv2d: gradient layer value"),
    ),
    Fault(
        "unbatched-output-with-batch",
        "conv2d.unbatched",
        operator("conv2d", _unbatched_as_batch),
        also=these("conv2d: gradient layer value"),
    ),
    Fault(
        "empty-batch-refused",
        "conv2d.empty-batch",
        operator("conv2d", _no_empty_batch),
        stumbles=True,
        also=these("conv2d: gradient layer value"),
    ),
    Fault(
        "no-bias-for-one-by-one",
        "conv2d.single-position",
        operator("conv2d", _one_by_one),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "no-stride-for-one-by-one",
        "conv2d.single-position",
        operator("conv2d", _one_by_one_unstrided),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "no-position-for-whole-images",
        "conv2d.single-position",
        operator("conv2d", _whole_image),
        also=these("conv2d: gradient layer"),
    ),
    Fault(
        "output-size-rounded-up",
        "conv2d.output-size",
        operator("conv2d", _rounded_up),
        also=these(
            "conv2d: combined gradient layer layer-gradient padding-mode-circular padding-mode-reflect",
            "conv2d: padding-mode-replicate padding-valid single-position stride value",
        ),
    ),
    Fault(
        "reflection-repeats-the-edge",
        "conv2d.padding-mode-reflect",
        method("operators.padding.pad:_sources", _edge_in_the_mirror),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "reflect-is-replicate",
        "conv2d.padding-mode-reflect",
        _mode_as("reflect", "replicate"),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "mode-forgotten-for-same",
        "conv2d.padding-mode-reflect",
        method("operators.convolution.conv2d:Conv2d.forward", _mode_forgotten_for_words),
        also=these("conv2d: layer-gradient padding-mode-circular padding-mode-replicate"),
    ),
    Fault(
        "replicate-is-zeros",
        "conv2d.padding-mode-replicate",
        _mode_as("replicate", "zeros"),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "replicate-widths-swapped",
        "conv2d.padding-mode-replicate",
        operator("pad", _padding_swapped_in_modes),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "circular-in-front-from-the-front",
        "conv2d.padding-mode-circular",
        method("operators.padding.pad:_sources", _wrapped_the_wrong_way),
        also=these("conv1d: *", "conv2d: layer-gradient", "conv3d: *"),
    ),
    Fault(
        "layer-forgets-dilation",
        "conv2d.layer",
        _layer_without("dilation", (1, 1)),
        also=these("conv2d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate"),
    ),
    Fault(
        "layer-forgets-bias",
        "conv2d.layer",
        _layer_without("bias", None),
        also=these(
            "conv2d: padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "graph: tutorial-leaves",
            "sequential: same-as-subclass",
            "tutorial: *",
        ),
    ),
    Fault(
        "layer-forgets-stride",
        "conv2d.layer",
        _layer_without("stride", (1, 1)),
        also=these("conv2d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate"),
    ),
    Fault(
        "no-bias-gradient",
        "conv2d.gradient",
        gradients(_PASS, lambda x, w, _: (x, w, None)),
        also=these(
            "conv2d: gradient-same-even",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient first-bias-gradient manual-update sgd-equals-manual-update",
            "tutorial_network: gradient one-step",
        ),
    ),
    Fault(
        "bias-gradient-averaged",
        "conv2d.gradient",
        gradients(_PASS, lambda x, w, b: (x, w, b if b is None or x is None else b / max(len(x), 1))),
        also=these("conv2d: gradient-same-even", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "input-gradient-not-flipped",
        "conv2d.gradient",
        gradients(_PASS, lambda x, w, b: (None if x is None else np.ascontiguousarray(x[..., ::-1]), w, b)),
        also=these("conv2d: gradient-same-even layer-gradient", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "weight-gradient-flipped",
        "conv2d.gradient",
        gradients(_PASS, lambda x, w, b: (x, None if w is None else np.ascontiguousarray(w[..., ::-1, ::-1]), b)),
        also=these("conv2d: gradient-same-even", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "gradient-in-float32",
        "conv2d.gradient",
        gradients(_PASS, lambda *found: tuple(None if g is None else through("float32")(g) for g in found)),
        also=these("conv2d: gradient-same-even layer-gradient", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "gradient-in-tensor-float32",
        "conv2d.gradient",
        gradients(_PASS, lambda *found: tuple(None if g is None else significand(11)(g) for g in found)),
        also=these("conv2d: gradient-same-even layer-gradient", "tutorial_network: gradient one-step"),
    ),
    Fault("channels-that-do-not-divide-left-out", "conv2d.groups-divide", operator("conv2d", _as_it_comes)),
    Fault("further-channels-left-out", "conv2d.channel-mismatch", operator("conv2d", _channels_left_out)),
    Fault("same-with-stride-accepted", "conv2d.same-needs-stride-one", operator("conv2d", _strided_same)),
    Fault("too-large-kernel-gives-nothing", "conv2d.kernel-fits", operator("conv2d", _empty_output)),
    Fault("any-number-of-dimensions", "conv2d.dimensions", operator("conv2d", _any_dimensions)),
    Fault(
        "weight-flipped-in-place",
        "conv2d.purity",
        operator("conv2d", _flipped_and_left_so),
        also=these(
            "conv2d: gradient gradient-same-even layer-gradient",
            "tutorial: loss-falls",
            "tutorial_network: gradient one-step",
        ),
    ),
)

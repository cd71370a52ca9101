"""Faults that convolutions and transposed convolutions of any number of dimensions have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import backward, constant, forward, method, operator, option, significand, through, widened

_ALONE = ("channel-mismatch", "dimensions", "dtype", "purity", "exact-integers", "groups-divide")
"""The clauses whose faults fail no other clause of the card."""

Make = Callable[..., Fault]


def each(given: Any, n: int) -> tuple[int, ...]:
    """Return an option as one number for each dimension."""
    return tuple(given) if isinstance(given, (tuple, list)) else (given,) * n


def _turned(given: Any, n: int) -> Any:
    """Return an option with its last two directions exchanged."""
    return given if isinstance(given, str) else (*each(given, n)[:-2], *each(given, n)[:-3:-1])


def fault_of(name: str) -> Make:
    """Return what makes faults of the card ``name``; most of them fail other clauses of it as well."""

    def make(what: str, clause: str, plant: Any, **others: Any) -> Fault:
        also = others.pop("also", () if clause in _ALONE else (f"{name}.*",))
        return Fault(what, f"{name}.{clause}", plant, also, **others)

    return make


def on_arrays(node: str, n: int, change: Any) -> Any:
    """Return a forward pass over ``n`` dimensions whose factors ``change`` has changed."""

    def wrong(right: Any, self: Any, x: Any, w: Any, b: Any, windows: Any, *others: Any) -> Any:
        if len(windows) == n:
            x, w = change(x, w)
        return right(self, x, w, b, windows, *others)

    return forward(node, wrong)


def on_gradients(node: str, n: int, change: Any) -> Any:
    """Return a backward pass over ``n`` dimensions whose gradients of input, weight and bias are changed."""

    def wrong(right: Any, self: Any, gradient: Any) -> Any:
        found = right(self, gradient)
        return change(*found) if len(self.windows) == n else found

    return backward(node, wrong)


def _float32_alone(change: Any) -> Any:
    return lambda *arrays: [change(a) if a.dtype == np.float32 else a for a in arrays]


def _of_each(change: Any) -> Any:
    return lambda *found: tuple(None if g is None else change(g) for g in found)


def _reversed_kernel(array: Any, n: int) -> Any:
    return np.ascontiguousarray(np.flip(array, tuple(range(2, 2 + n))))


def _ones_without_bias(outputs: Any) -> Any:
    def wrong(right: Any, bias: Any, weight: Any, groups: int, **others: Any) -> Any:
        if bias is None:
            bias = torch.ones(outputs(weight, groups), dtype=weight.dtype)
        return right(bias=bias, weight=weight, groups=groups, **others)

    return wrong


def _interleaved(n: int) -> Any:
    """Return what lets group g see every groups-th channel and not those that lie together."""

    def wrong(right: Any, input: Any, groups: int, **others: Any) -> Any:
        if input.ndim in (n + 1, n + 2) and input.shape[-n - 1] % groups == 0:
            channels = np.arange(input.shape[-n - 1]).reshape(-1, groups).T.reshape(-1).tolist()
            input = input[:, channels] if input.ndim == n + 2 else input[channels]
        return right(input=input, groups=groups, **others)

    return wrong


def _batch_kept(n: int) -> Any:
    def wrong(right: Any, input: Any, **others: Any) -> Any:
        result = right(input=input, **others)
        return result.unsqueeze(0) if input.ndim == n + 1 else result

    return wrong


def _no_empty(right: Any, input: Any, **others: Any) -> Any:
    if 0 in input.shape:
        raise RuntimeError("the batch is empty")
    return right(input=input, **others)


def _channels_left_out(n: int, channels_of: Any) -> Any:
    """Return what leaves out the channels that the weight does not have."""

    def wrong(right: Any, input: Any, weight: Any, groups: int, **others: Any) -> Any:
        if input.ndim == n + 2 and groups == 1:
            input = input[:, : channels_of(weight)]
        return right(input=input, weight=weight, groups=groups, **others)

    return wrong


def _groups_forgotten(n: int, *, transposed: bool) -> Any:
    """Return what takes groups that do not divide the channels for one."""

    def wrong(right: Any, input: Any, weight: Any, groups: int, **others: Any) -> Any:
        if input.ndim == n + 2 and input.shape[1] % groups:
            groups, input = 1, input if transposed else input[:, : weight.shape[1]]
        return right(input=input, weight=weight, groups=groups, **others)

    return wrong


def _any_dimensions(n: int, channels_of: Any) -> Any:
    def wrong(right: Any, input: Any, weight: Any, **others: Any) -> Any:
        if input.ndim not in (n + 1, n + 2):
            input = input.reshape(-1, channels_of(weight), *input.shape[-n:])
        return right(input=input, weight=weight, **others)

    return wrong


def _kernel_left_flipped(right: Any, weight: Any, **others: Any) -> Any:
    result = right(weight=weight, **others)
    weight.array[...] = weight.array[..., ::-1].copy()
    return result


def _forgetful_layer(layer: str, argument: str, base: str) -> Any:
    def wrong(right: Any, module: Any, input: Any, *others: Any) -> Any:
        if type(module).__name__ != layer:
            return right(module, input, *others)
        kept = getattr(module, argument)
        setattr(module, argument, 1)
        try:
            return right(module, input, *others)
        finally:
            setattr(module, argument, kept)

    return method(f"operators.convolution._layers:{base}.forward", wrong)


def common(n: int, *, transposed: bool) -> tuple[Fault, ...]:
    """Return the faults of what convolutions and their transposes have in common."""
    name = f"conv_transpose{n}d" if transposed else f"conv{n}d"
    layer = f"ConvTranspose{n}d" if transposed else f"Conv{n}d"
    node = "TransposedConvolution" if transposed else "SpatialConvolution"
    base = "Transposed" if transposed else "Convolution"
    fault = fault_of(name)
    even = () if transposed else (f"{name}.gradient-same-even",)
    back = () if transposed else (*even, f"{name}.layer-gradient")
    layers = (
        ("conv_transpose_module.output-size",) if transposed else (f"{name}.padding-mode-*", f"{name}.layer-gradient")
    )

    def channels(weight: Any) -> int:
        return int(weight.shape[0 if transposed else 1])

    def outputs(weight: Any, groups: int) -> int:
        return int(weight.shape[1] * groups if transposed else weight.shape[0])

    def wrapped(change: Any) -> Any:
        return operator(name, change)

    result = [
        fault("kernel-flipped", "value", on_arrays(node, n, lambda x, w: (x, _reversed_kernel(w, n)))),
        fault("float64-in-float32", "value", on_arrays(node, n, lambda x, w: [through("float32")(a) for a in (x, w)])),
        fault(
            "tensor-float32",
            "exact-integers",
            on_arrays(node, n, _float32_alone(significand(11))),
            also=(f"{name}.*",),
        ),
        fault("ones-without-bias", "no-bias", wrapped(_ones_without_bias(outputs))),
        fault("stride-ignored", "stride", option(name, stride=constant(1), padding=lambda p: p)),
        fault("dilation-ignored", "dilation", option(name, dilation=constant(1))),
        fault("channels-in-turn", "groups", wrapped(_interleaved(n))),
        fault("unbatched-with-batch", "unbatched", wrapped(_batch_kept(n))),
        fault("empty-batch-refused", "empty-batch", wrapped(_no_empty), stumbles=True),
        fault(
            "groups-that-do-not-divide-forgotten",
            "groups-divide",
            wrapped(_groups_forgotten(n, transposed=transposed)),
        ),
        fault("further-channels-left-out", "channel-mismatch", wrapped(_channels_left_out(n, channels))),
        fault("any-number-of-dimensions", "dimensions", wrapped(_any_dimensions(n, channels))),
        fault("no-bias-gradient", "gradient", on_gradients(node, n, lambda x, w, _: (x, w, None)), also=even),
        fault(
            "weight-gradient-flipped",
            "gradient",
            on_gradients(node, n, lambda x, w, b: (x, None if w is None else _reversed_kernel(w, n), b)),
            also=even,
        ),
        fault("gradient-in-float32", "gradient", on_gradients(node, n, _of_each(through("float32"))), also=back),
        fault("result-always-float64", "dtype", widened(name)),
        fault("kernel-left-flipped", "purity", wrapped(_kernel_left_flipped), also=(f"{name}.gradient*",)),
        fault("layer-forgets-the-stride", "layer", _forgetful_layer(layer, "stride", base), also=layers),
    ]
    if n > 1:
        for argument in ("stride", "padding", "dilation"):
            turned = option(name, **{argument: lambda given: _turned(given, n)})
            result.append(fault(f"{argument}-turned", argument, turned))
    return tuple(result)

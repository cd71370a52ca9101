"""Faults of max_pool2d."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.namespace import torch
from conformance.strength import Fault
from tests.faults._planting import (
    backward,
    both,
    changed,
    constant,
    forward,
    gradients,
    method,
    operator,
    option,
    swapped,
    these,
    through,
    widened,
)

_PASS = "MaxPool2DWithIndicesBackward0"
_WINDOW = "operators.pooling._shared:Window.output"
_LAYER = "operators.pooling.max_pool2d:MaxPool2d.forward"


def _result(change: Any) -> Any:
    """Return a forward pass whose result is changed behind the back of the backward pass."""
    return forward(_PASS, lambda right, node, *given: change(right(node, *given)))


def _fill(value: float) -> Any:
    """Return what pads with ``value`` before it pools: such as zeros in place of minus infinity."""

    def wrong(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
        kernel = both(arguments["kernel_size"])
        high, wide = both(padding)
        if (
            (high, wide) == (0, 0)
            or 0 in input.shape
            or any(p > k // 2 for p, k in zip((high, wide), kernel, strict=True))
        ):
            return right(input=input, padding=padding, **arguments)
        if arguments["stride"] is None:
            arguments["stride"] = kernel
        if arguments["ceil_mode"]:
            return right(input=input, padding=padding, **arguments)
        padded = torch.nn.functional.pad(input, (wide, wide, high, high), "constant", value)
        return right(input=padded, padding=0, **arguments)

    return operator("max_pool2d", wrong)


def _dropped_where(rule: Any) -> Any:
    """Return what counts windows with ceil_mode, the last left out where ``rule(start, length, padding)`` says so."""

    def wrong(right: Any, window: Any, length: int, *, ceil_mode: bool) -> int:
        if not ceil_mode:
            return right(window, length, ceil_mode=False)
        room = length + 2 * window.padding - window.dilation * (window.size - 1) - 1
        count = -(-room // window.stride) + 1
        return count - 1 if rule((count - 1) * window.stride, length, window.padding) else count

    return method(_WINDOW, wrong)


def _padding_swapped(right: Any, padding: Any, **arguments: Any) -> Any:
    """The padding is taken the other way round, at most half of the window."""
    bounds = [k // 2 for k in both(arguments["kernel_size"])]
    return right(padding=tuple(map(min, swapped(both(padding)), bounds)), **arguments)


def _overwriting(right: Any, node: Any, gradient: Any) -> Any:
    """Where windows overlap, the gradient of the last one stays instead of the sum of all."""
    whole = np.zeros_like(right(node, gradient))
    if gradient.size > 200:  # large windows of the tutorial do not overlap
        return right(node, gradient)
    for index in np.ndindex(gradient.shape):
        one = np.zeros_like(gradient)
        one[index] = gradient[index]
        part = right(node, one)
        whole = np.where(part != 0, part, whole)
    return whole


def _to_all_ties(right: Any, node: Any, gradient: Any) -> Any:
    """Every element that equals the largest of its window receives the whole gradient."""
    x = node.saved[0]
    found = right(node, gradient)
    blocks = (x.shape[-2] // gradient.shape[-2], x.shape[-1] // gradient.shape[-1])
    if x.size == 0 or (gradient.shape[-2] * blocks[0], gradient.shape[-1] * blocks[1]) != x.shape[-2:]:
        return found
    in_blocks = x.reshape(*x.shape[:-2], gradient.shape[-2], blocks[0], gradient.shape[-1], blocks[1])
    equal = in_blocks == in_blocks.max(axis=(-3, -1), keepdims=True)
    return np.where(equal, gradient[..., :, None, :, None], 0).reshape(x.shape).astype(gradient.dtype)


def _sum_of_the_equal(right: Any, input: Any, **arguments: Any) -> Any:
    """The sum of input times mask, which counts equal elements twice."""
    result = right(input=input, **arguments)
    kernel, x = both(arguments["kernel_size"]), input.array
    if (
        isinstance(result, tuple)
        or x.ndim != 4
        or any(length % k for length, k in zip(x.shape[-2:], kernel, strict=True))
    ):
        return result
    if tuple(result.shape[-2:]) != (x.shape[-2] // kernel[0], x.shape[-1] // kernel[1]):
        return result
    blocks = x.reshape(*x.shape[:2], result.shape[-2], kernel[0], result.shape[-1], kernel[1])
    equal = blocks == result.array[..., :, None, :, None]
    return changed(
        result,
        lambda y: np.where(equal.any(axis=(-3, -1)), (np.where(equal, blocks, 0)).sum(axis=(-3, -1)), y).astype(
            y.dtype
        ),
    )


def _without_nan(right: Any, input: Any, **arguments: Any) -> Any:
    """A NaN is passed over, as by comparisons that it fails."""
    clean = torch.from_numpy(np.where(np.isnan(input.array), -np.inf, input.array).astype(input.array.dtype))
    return right(input=clean if np.isnan(input.array).any() else input, **arguments)


def _nan_only_in_front(right: Any, input: Any, **arguments: Any) -> Any:
    """``best = x if x > best``: a NaN stays if it comes first, and is passed over otherwise."""
    array = input.array
    if not np.isnan(array).any():
        return right(input=input, **arguments)
    kernel = both(arguments["kernel_size"])
    kept = array.copy()
    rows, columns = np.indices(array.shape[-2:])
    kept[..., (rows % kernel[0] != 0) | (columns % kernel[1] != 0)] = np.where(np.isnan(array), -np.inf, array)[
        ..., (rows % kernel[0] != 0) | (columns % kernel[1] != 0)
    ]
    return right(input=torch.from_numpy(kept), **arguments)


def _finite(right: Any, input: Any, **arguments: Any) -> Any:
    """The running maximum starts from the lowest finite number."""
    result = right(input=input, **arguments)
    if isinstance(result, tuple):
        return result
    return changed(result, lambda y: np.where(y == -np.inf, np.finfo(y.dtype).min, y).astype(y.dtype))


def _finite_padding(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """Padding counts as the lowest finite number."""
    result = right(input=input, padding=padding, **arguments)
    if both(padding) == (0, 0) or isinstance(result, tuple):
        return result
    return changed(result, lambda y: np.where(y == -np.inf, np.finfo(y.dtype).min, y).astype(y.dtype))


def _unbatched_with_batch(right: Any, input: Any, **arguments: Any) -> Any:
    result = right(input=input, **arguments)
    return result.unsqueeze(0) if input.ndim == 3 and not isinstance(result, tuple) else result


def _no_empty_batch(right: Any, input: Any, **arguments: Any) -> Any:
    if 0 in input.shape:
        raise RuntimeError("max_pool2d: the batch is empty")
    return right(input=input, **arguments)


def _any_padding(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """Padding beyond half of the window is cut down to that."""
    bounds = [k // 2 for k in both(arguments["kernel_size"])]
    return right(input=input, padding=tuple(map(min, both(padding), bounds)), **arguments)


def _cropped_window(right: Any, input: Any, kernel_size: Any, padding: Any, **arguments: Any) -> Any:
    """A window that is larger than the padded image is cut down to it."""
    room = [length + 2 * p for length, p in zip(input.shape[-2:], both(padding), strict=True)]
    return right(input=input, kernel_size=tuple(map(min, both(kernel_size), room)), padding=padding, **arguments)


def _any_dimensions(right: Any, input: Any, **arguments: Any) -> Any:
    if input.ndim in (3, 4):
        return right(input=input, **arguments)
    return right(input=input.reshape(1, -1, *input.shape[-2:]), **arguments)


def _in_its_own_memory(right: Any, input: Any, **arguments: Any) -> Any:
    """The maxima of the windows are gathered in the memory of the input."""
    result = right(input=input, **arguments)
    kernel = both(arguments["kernel_size"])
    if not isinstance(result, tuple):
        view = input.array[..., :: kernel[0], :: kernel[1]]
        part = tuple(slice(0, size) for size in map(min, view.shape[-2:], result.shape[-2:]))
        view[(..., *part)] = result.array[(..., *part)]
    return result


def _options_by_position(right: Any, module: Any, input: Any) -> Any:
    """The layer hands its options on by position, in the order of its own arguments and not of the function's."""
    del right
    return torch.nn.functional.max_pool2d(
        input,
        module.kernel_size,
        module.stride,
        module.padding,
        module.dilation,
        module.return_indices,
        module.ceil_mode,
    )


def _without_the_last(right: Any, node: Any, gradient: Any) -> Any:
    """Rows and columns that no whole window covers are forgotten, and what lies behind them is shifted."""
    found = right(node, gradient)
    return np.roll(found, 1, axis=-1)


FAULTS = (
    Fault(
        "smallest",
        "max_pool2d.value",
        operator("max_pool2d", lambda right, input, **others: -right(input=-input, **others)),
        also=these(
            "graph: tutorial-chain",
            "max_pool2d: *",
            "tutorial: loss-falls",
            "tutorial_network: gradient loss one-step output",
        ),
    ),
    Fault(
        "starts-from-zero",
        "max_pool2d.value",
        _result(lambda y: np.maximum(y, 0)),
        also=these("max_pool2d: ceil-mode ceil-mode-drops dilation infinities layer padding stride"),
    ),
    Fault(
        "float64-in-float32",
        "max_pool2d.value",
        _result(through("float32")),
        also=these(
            "max_pool2d: ceil-mode ceil-mode-drops dilation layer number-is-square padding stride stride-default",
            "max_pool2d: unbatched",
            "tutorial_network: gradient loss one-step output",
        ),
    ),
    Fault("window-swapped", "max_pool2d.value", option("max_pool2d", kernel_size=swapped), also=these("max_pool2d: *")),
    Fault(
        "padding-number-for-height",
        "max_pool2d.number-is-square",
        option("max_pool2d", padding=lambda p: (p, 0) if isinstance(p, int) else p),
        also=these("max_pool2d: ceil-mode-drops gradient infinities layer padding"),
    ),
    Fault(
        "dilation-number-for-height",
        "max_pool2d.number-is-square",
        option("max_pool2d", dilation=lambda d: (d, 1) if isinstance(d, int) else d),
        also=these("max_pool2d: gradient layer"),
    ),
    Fault(
        "stride-number-for-height",
        "max_pool2d.number-is-square",
        option("max_pool2d", stride=lambda s: (s, 1) if isinstance(s, int) else s),
        also=these("max_pool2d: gradient layer", "sequential: same-as-subclass"),
    ),
    Fault(
        "stride-one-by-default",
        "max_pool2d.stride-default",
        option("max_pool2d", stride=lambda s: 1 if s is None else s),
        also=these(
            "graph: tutorial-*",
            "max_pool2d: empty-batch gradient gradient-at-ties infinities nan output-size padding ties unbatched",
            "max_pool2d: value",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "stride-of-the-height-by-default",
        "max_pool2d.stride-default",
        operator(
            "max_pool2d",
            lambda right, stride, kernel_size, **others: right(
                stride=both(kernel_size)[0] if stride is None else stride, kernel_size=kernel_size, **others
            ),
        ),
        also=these("max_pool2d: gradient unbatched value"),
    ),
    Fault(
        "stride-swapped",
        "max_pool2d.stride",
        option("max_pool2d", stride=swapped),
        also=these("max_pool2d: ceil-mode ceil-mode-drops dilation gradient layer output-size padding value"),
    ),
    Fault(
        "stride-at-most-the-window",
        "max_pool2d.stride",
        operator(
            "max_pool2d",
            lambda right, stride, kernel_size, **others: right(
                stride=None if stride is None else tuple(map(min, both(stride), both(kernel_size))),
                kernel_size=kernel_size,
                **others,
            ),
        ),
        also=these("max_pool2d: ceil-mode ceil-mode-drops dilation gradient layer output-size value"),
    ),
    Fault(
        "padding-of-zeros",
        "max_pool2d.padding",
        _fill(0.0),
        also=these("max_pool2d: gradient infinities layer"),
    ),
    Fault(
        "padding-swapped",
        "max_pool2d.padding",
        operator("max_pool2d", _padding_swapped),
        also=these("max_pool2d: gradient layer padding-bound value"),
    ),
    Fault(
        "dilation-swapped",
        "max_pool2d.dilation",
        option("max_pool2d", dilation=swapped),
        also=these("max_pool2d: gradient layer output-size value"),
    ),
    Fault(
        "dilation-ignored",
        "max_pool2d.dilation",
        option("max_pool2d", dilation=constant(1)),
        also=these("max_pool2d: gradient layer number-is-square output-size value"),
    ),
    Fault(
        "ceil-mode-ignored",
        "max_pool2d.ceil-mode",
        option("max_pool2d", ceil_mode=constant(False)),
        also=these("max_pool2d: ceil-mode-drops gradient layer output-size value"),
    ),
    Fault(
        "ceil-mode-drops-nothing",
        "max_pool2d.ceil-mode-drops",
        _dropped_where(lambda *_: False),
        also=these("max_pool2d: ceil-mode gradient layer value"),
    ),
    Fault(
        "ceil-mode-drops-too-late",
        "max_pool2d.ceil-mode-drops",
        _dropped_where(lambda start, length, padding: start > length + padding),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "ceil-mode-forgets-the-padding-in-front",
        "max_pool2d.ceil-mode-drops",
        _dropped_where(lambda start, length, _: start >= length),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "ceil-mode-counts-both-paddings",
        "max_pool2d.ceil-mode-drops",
        _dropped_where(lambda start, length, padding: start >= length + 2 * padding),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "always-ceil-mode",
        "max_pool2d.output-size",
        option("max_pool2d", ceil_mode=constant(True)),
        also=these(
            "graph: tutorial-*",
            "max_pool2d: empty-batch gradient layer number-is-square stride stride-default unbatched value",
            "max_pool2d: window-fits",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "dilation-not-in-the-size",
        "max_pool2d.output-size",
        method(
            _WINDOW,
            lambda right, window, length, *, ceil_mode: max(
                1, right(window, length, ceil_mode=ceil_mode) - (window.dilation > 1)
            ),
        ),
        also=these("max_pool2d: dilation gradient layer number-is-square value window-fits"),
    ),
    Fault(
        "unbatched-with-batch",
        "max_pool2d.unbatched",
        operator("max_pool2d", _unbatched_with_batch),
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "empty-batch-refused",
        "max_pool2d.empty-batch",
        operator("max_pool2d", _no_empty_batch),
        stumbles=True,
        also=these("max_pool2d: gradient layer value"),
    ),
    Fault(
        "equal-elements-summed",
        "max_pool2d.ties",
        operator("max_pool2d", _sum_of_the_equal),
        also=these("max_pool2d: layer", "tutorial: first-bias-gradient loss manual-update output"),
    ),
    Fault("nan-passed-over", "max_pool2d.nan", operator("max_pool2d", _without_nan), also=these("max_pool2d: layer")),
    Fault(
        "nan-only-in-front",
        "max_pool2d.nan",
        operator("max_pool2d", _nan_only_in_front),
        also=these("max_pool2d: layer"),
    ),
    Fault(
        "starts-from-lowest-finite",
        "max_pool2d.infinities",
        operator("max_pool2d", _finite),
        also=these("max_pool2d: layer"),
    ),
    Fault(
        "padding-of-lowest-finite",
        "max_pool2d.infinities",
        operator("max_pool2d", _finite_padding),
        also=these("max_pool2d: layer"),
    ),
    Fault("overlaps-overwritten", "max_pool2d.gradient", backward(_PASS, _overwriting)),
    Fault(
        "gradient-one-column-off",
        "max_pool2d.gradient",
        backward(_PASS, _without_the_last),
        also=these("max_pool2d: gradient-at-ties", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "gradient-in-float32",
        "max_pool2d.gradient",
        gradients(_PASS, through("float32")),
        also=these("max_pool2d: gradient-at-ties", "tutorial_network: gradient one-step"),
    ),
    Fault(
        "gradient-to-all-ties",
        "max_pool2d.gradient-at-ties",
        backward(_PASS, _to_all_ties),
        also=these("max_pool2d: gradient", "tutorial: backward-with-gradient first-bias-gradient manual-update"),
    ),
    Fault("any-padding", "max_pool2d.padding-bound", operator("max_pool2d", _any_padding)),
    Fault("window-cut-down", "max_pool2d.window-fits", operator("max_pool2d", _cropped_window)),
    Fault("any-number-of-dimensions", "max_pool2d.dimensions", operator("max_pool2d", _any_dimensions)),
    Fault(
        "result-always-float64",
        "max_pool2d.dtype",
        widened("max_pool2d"),
        also=these("graph: tutorial-*", "sequential: same-as-subclass", "tutorial: *", "tutorial_network: *"),
    ),
    Fault(
        "in-its-own-memory",
        "max_pool2d.purity",
        operator("max_pool2d", _in_its_own_memory),
        also=these("max_pool2d: gradient gradient-at-ties", "tutorial_network: gradient one-step"),
    ),
    Fault("layer-options-by-position", "max_pool2d.layer", method(_LAYER, _options_by_position)),
)

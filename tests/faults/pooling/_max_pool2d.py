"""Wrong maxima of windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import (
    both,
    changed,
    forward,
    operator,
    swapped,
)

PASS = "MaxPool2DWithIndicesBackward0"
LAYER = "operators.pooling.max_pool2d:MaxPool2d.forward"


def result(change: Any) -> Any:
    """Return a forward pass whose result is changed behind the back of the backward pass."""
    return forward(PASS, lambda right, node, *given: change(right(node, *given)))


def fill(value: float) -> Any:
    """Return what pads with ``value`` before it pools: such as zeros in place of minus infinity."""

    def wrong(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
        kernel = both(arguments["kernel_size"])
        high, wide = both(padding)
        if (
            (high, wide) == (0, 0)
            or 0 in input.shape
            or any(p > k // 2 or p < 0 for p, k in zip((high, wide), kernel, strict=True))
            or arguments["return_indices"]
        ):
            return right(input=input, padding=padding, **arguments)
        if arguments["stride"] is None:
            arguments["stride"] = kernel
        if arguments["ceil_mode"]:
            return right(input=input, padding=padding, **arguments)
        padded = torch.nn.functional.pad(input, (wide, wide, high, high), "constant", value)
        return right(input=padded, padding=0, **arguments)

    return operator("max_pool2d", wrong)


def fewer_where_dilated(found: Any, windows: Any, *_: Any) -> Any:
    """There is a window less along a dimension that is dilated."""
    return [max(1, count - (window.dilation > 1)) for count, window in zip(found, windows, strict=True)]


def padding_swapped(right: Any, padding: Any, **arguments: Any) -> Any:
    """The padding is taken the other way round, at most half of the window."""
    bounds = [k // 2 for k in both(arguments["kernel_size"])]
    return right(padding=tuple(map(min, swapped(both(padding)), bounds)), **arguments)


def overwriting(right: Any, node: Any, gradient: Any) -> Any:
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


def to_all_ties(right: Any, node: Any, gradient: Any) -> Any:
    """Every element that equals the largest of its window receives the whole gradient."""
    x = node.saved[0]
    found = right(node, gradient)
    blocks = (x.shape[-2] // gradient.shape[-2], x.shape[-1] // gradient.shape[-1])
    if x.size == 0 or (gradient.shape[-2] * blocks[0], gradient.shape[-1] * blocks[1]) != x.shape[-2:]:
        return found
    in_blocks = x.reshape(*x.shape[:-2], gradient.shape[-2], blocks[0], gradient.shape[-1], blocks[1])
    equal = in_blocks == in_blocks.max(axis=(-3, -1), keepdims=True)
    return np.where(equal, gradient[..., :, None, :, None], 0).reshape(x.shape).astype(gradient.dtype)


def sum_of_the_equal(right: Any, input: Any, **arguments: Any) -> Any:
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


def without_nan(right: Any, input: Any, **arguments: Any) -> Any:
    """A NaN is passed over, as by comparisons that it fails."""
    clean = torch.from_numpy(np.where(np.isnan(input.array), -np.inf, input.array).astype(input.array.dtype))
    return right(input=clean if np.isnan(input.array).any() else input, **arguments)


def nan_only_in_front(right: Any, input: Any, **arguments: Any) -> Any:
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


def finite(right: Any, input: Any, **arguments: Any) -> Any:
    """The running maximum starts from the lowest finite number."""
    result = right(input=input, **arguments)
    if isinstance(result, tuple):
        return result
    return changed(result, lambda y: np.where(y == -np.inf, np.finfo(y.dtype).min, y).astype(y.dtype))


def finite_padding(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """Padding counts as the lowest finite number."""
    result = right(input=input, padding=padding, **arguments)
    if both(padding) == (0, 0) or isinstance(result, tuple):
        return result
    return changed(result, lambda y: np.where(y == -np.inf, np.finfo(y.dtype).min, y).astype(y.dtype))


def unbatched_with_batch(right: Any, input: Any, **arguments: Any) -> Any:
    result = right(input=input, **arguments)
    return result.unsqueeze(0) if input.ndim == 3 and not isinstance(result, tuple) else result


def no_empty_batch(right: Any, input: Any, **arguments: Any) -> Any:
    if 0 in input.shape:
        raise RuntimeError("max_pool2d: the batch is empty")
    return right(input=input, **arguments)


def any_padding(right: Any, input: Any, padding: Any, **arguments: Any) -> Any:
    """Padding beyond half of the window is cut down to that."""
    bounds = [k // 2 for k in both(arguments["kernel_size"])]
    return right(input=input, padding=tuple(map(min, both(padding), bounds)), **arguments)


def cropped_window(right: Any, input: Any, kernel_size: Any, padding: Any, **arguments: Any) -> Any:
    """A window that is larger than the padded image is cut down to it."""
    room = [length + 2 * p for length, p in zip(input.shape[-2:], both(padding), strict=True)]
    return right(input=input, kernel_size=tuple(map(min, both(kernel_size), room)), padding=padding, **arguments)


def any_dimensions(right: Any, input: Any, **arguments: Any) -> Any:
    if input.ndim in (3, 4):
        return right(input=input, **arguments)
    return right(input=input.reshape(1, -1, *input.shape[-2:]), **arguments)


def in_its_own_memory(right: Any, input: Any, **arguments: Any) -> Any:
    """The maxima of the windows are gathered in the memory of the input."""
    result = right(input=input, **arguments)
    kernel = both(arguments["kernel_size"])
    if not isinstance(result, tuple):
        view = input.array[..., :: kernel[0], :: kernel[1]]
        part = tuple(slice(0, size) for size in map(min, view.shape[-2:], result.shape[-2:]))
        view[(..., *part)] = result.array[(..., *part)]
    return result


def options_by_position(right: Any, module: Any, input: Any) -> Any:
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


def without_the_last(right: Any, node: Any, gradient: Any) -> Any:
    """Rows and columns that no whole window covers are forgotten, and what lies behind them is shifted."""
    found = right(node, gradient)
    return np.roll(found, 1, axis=-1)

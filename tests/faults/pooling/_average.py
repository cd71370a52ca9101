"""Faults that average pools of any number of dimensions have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import constant, forward, gradients, method, operator, option, through, widened
from tests.faults.pooling._windows import (
    any_dimensions,
    at_most_the_window,
    each,
    in_its_own_memory,
    no_empty_batch,
    padding_cut,
    shifted,
    single_for_last,
    turned,
    window_cut,
    with_batch,
)

_ALONE = ("padding-bound", "window-fits", "dimensions", "dtype", "purity", "layer")
"""The clauses whose faults fail no other clause of the card."""


def _repeated(n: int) -> Any:
    """Return what pads by repeating the edge in the place of zeros."""

    def wrong(right: Any, input: Any, padding: Any, kernel_size: Any, stride: Any, **others: Any) -> Any:
        pads, kernel = each(padding, n), each(kernel_size, n)
        bound = any(p > k // 2 for p, k in zip(pads, kernel, strict=True))
        if not any(pads) or bound or others["ceil_mode"] or not others["count_include_pad"] or 0 in input.shape:
            return right(input=input, padding=padding, kernel_size=kernel_size, stride=stride, **others)
        widths = [width for p in reversed(pads) for width in (p, p)]
        padded = torch.nn.functional.pad(input, widths, "replicate")
        return right(input=padded, padding=0, kernel_size=kernel_size, stride=stride, **others)

    return wrong


def _counted_twice(n: int) -> Any:
    """Return what divides a window that goes beyond the padding by twice the number of its elements."""

    def wrong(right: Any, windows: Any, counts: Any, shape: Any, *, include: bool) -> Any:
        found = right(windows, counts, shape, include=include)
        whole = np.prod([window.size for window in windows])
        return np.where(found < whole, 2 * found, found) if include and len(windows) == n else found

    return wrong


def _drops_nothing(n: int) -> Any:
    """Return what keeps the windows that start in the padding at the end."""

    def wrong(right: Any, name: Any, input: Any, windows: Any, *, ceil_mode: bool) -> Any:
        found = right(name, input, windows, ceil_mode=ceil_mode)
        if not ceil_mode or len(windows) != n:
            return found
        rooms = [length + 2 * w.padding - w.size for length, w in zip(input.shape[-n:], windows, strict=True)]
        return tuple(-(-room // w.stride) + 1 for room, w in zip(rooms, windows, strict=True))

    return wrong


def average_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of average pooling over ``n`` dimensions."""
    name, node = f"avg_pool{n}d", f"AvgPool{n}DBackward0"
    module = "operators.pooling._average"

    def fault(what: str, clause: str, plant: Any, **others: Any) -> Fault:
        also = () if clause in _ALONE else (f"{name}.*",)
        return Fault(what, f"{name}.{clause}", plant, also, **others)

    def changing(change: Any) -> Any:
        return operator(name, change)

    result = [
        fault("sum", "value", forward(node, lambda right, node, *given: right(node, *given[:-1], np.asarray(1)))),
        fault(
            "float64-in-float32",
            "value",
            forward(node, lambda right, node, *given: through("float32")(right(node, *given))),
        ),
        fault("stride-one-by-default", "stride-default", option(name, stride=lambda s: 1 if s is None else s)),
        fault("stride-at-most-the-window", "stride", changing(at_most_the_window(n))),
        fault("padding-repeats-the-edge", "padding", changing(_repeated(n))),
        fault("padding-never-counted", "padding", option(name, count_include_pad=constant(False))),
        fault("unbatched-with-batch", "unbatched", changing(with_batch(n))),
        fault("empty-batch-refused", "empty-batch", changing(no_empty_batch), stumbles=True),
        fault("always-ceil-mode", "output-size", option(name, ceil_mode=constant(True))),
        fault("padding-always-counted", "count-include-pad", option(name, count_include_pad=constant(True))),
        fault("ceil-mode-ignored", "ceil-mode", option(name, ceil_mode=constant(False))),
        fault("ceil-mode-drops-nothing", "ceil-mode-drops", method(f"{module}:counts_of", _drops_nothing(n))),
        fault("counted-twice", "ceil-mode-divisor", method(f"{module}:_sizes", _counted_twice(n))),
        fault("three-quarters-backward", "gradient-ceil-mode-divisor", gradients(node, lambda g: g * 0.75)),
        fault("gradient-one-place-off", "gradient", gradients(node, shifted)),
        fault("gradient-in-float32", "gradient", gradients(node, through("float32"))),
        fault("any-padding", "padding-bound", changing(padding_cut(n))),
        fault("window-cut-down", "window-fits", changing(window_cut(n))),
        fault("any-number-of-dimensions", "dimensions", changing(any_dimensions(n))),
        fault("result-always-float64", "dtype", widened(name)),
        fault("in-its-own-memory", "purity", changing(in_its_own_memory)),
        fault(
            "layer-forgets-the-padding",
            "layer",
            method(
                f"operators.pooling.{name}:AvgPool{n}d.forward",
                lambda _, layer, input: getattr(torch.nn.functional, name)(input, layer.kernel_size, layer.stride),
            ),
        ),
        fault(
            "number-for-one-direction",
            "number",
            option(name, padding=single_for_last(0, n), stride=single_for_last(1, n)),
        ),
    ]
    if n > 1:
        result += [
            fault("window-turned", "value", option(name, kernel_size=turned(n))),
            fault("stride-turned", "stride", option(name, stride=turned(n))),
            fault("padding-turned", "padding", option(name, padding=turned(n))),
            fault("divisor-override-ignored", "divisor-override", option(name, divisor_override=constant(None))),
        ]
    return tuple(result)

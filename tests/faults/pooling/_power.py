"""Faults that power-average pools of any number of dimensions have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import backward, constant, forward, gradients, method, operator, option, through, widened
from tests.faults.pooling._windows import (
    any_dimensions,
    at_most_the_window,
    in_its_own_memory,
    shifted,
    single_for_last,
    turned,
    with_batch,
)

_COUNTS = "operators.pooling._power:counts_of"
_ALONE = ("dimensions", "dtype", "purity", "layer", "gradient", "gradient-zero-sum")
"""The clauses whose faults fail no other clause of the card."""


def _averaged(right: Any, node: Any, x: Any, norm: float, windows: Any, counts: Any) -> Any:
    """The powers are averaged, not summed."""
    size = float(np.prod([window.size for window in windows]))
    return (right(node, x, norm, windows, counts) * size ** (-1 / norm)).astype(x.dtype)


def _scaled_up(right: Any, node: Any, x: Any, norm: float, windows: Any, counts: Any) -> Any:
    """A window that goes over the end is scaled up to a whole one."""
    found = right(node, x, norm, windows, counts)
    for axis, (window, count) in enumerate(zip(windows, counts, strict=True), x.ndim - len(counts)):
        seen = np.minimum(window.size, x.shape[axis] - np.arange(count) * window.stride)
        shape = [-1 if one == axis else 1 for one in range(x.ndim)]
        found = found * ((window.size / seen) ** (1 / norm)).reshape(shape).astype(x.dtype)
    return found


def _of_absolute_values(right: Any, input: Any, norm_type: Any, **others: Any) -> Any:
    return right(input=input.abs() if norm_type == 1 else input, norm_type=norm_type, **others)


def _largest_with_sign(n: int) -> Any:
    """Return what takes the largest element, not the largest absolute value, for an infinite exponent."""

    def wrong(right: Any, norm_type: Any, **others: Any) -> Any:
        if norm_type == float("inf"):
            return getattr(torch.nn.functional, f"max_pool{n}d")(**others)
        return right(norm_type=norm_type, **others)

    return wrong


def _drops_nothing(n: int) -> Any:
    """Return what keeps the windows that start behind the end."""

    def wrong(right: Any, name: Any, input: Any, windows: Any, *, ceil_mode: bool) -> Any:
        found = right(name, input, windows, ceil_mode=ceil_mode)
        if not ceil_mode or len(windows) != n:
            return found
        rooms = [length - window.size for length, window in zip(input.shape[-n:], windows, strict=True)]
        return tuple(-(-room // window.stride) + 1 for room, window in zip(rooms, windows, strict=True))

    return wrong


def _missing_at_zero(right: Any, node: Any, gradient: Any) -> Any:
    """Where a sum is zero, the gradient comes out as NaN."""
    zero = bool((node.saved[1] == 0).any())
    found = right(node, gradient)
    return np.where(found == 0, np.nan, found) if zero else found


def power_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of power-average pooling over ``n`` dimensions."""
    name, node = f"lp_pool{n}d", f"LPPool{n}DBackward0"

    def fault(what: str, clause: str, plant: Any, **others: Any) -> Fault:
        also = () if clause in _ALONE else (f"{name}.*",)
        return Fault(what, f"{name}.{clause}", plant, also, **others)

    def changing(change: Any) -> Any:
        return operator(name, change)

    result = [
        fault("averaged", "value", forward(node, _averaged)),
        fault("float64-in-float32", "value", forward(node, lambda right, *given: through("float32")(right(*given)))),
        fault("of-absolute-values", "one", changing(_of_absolute_values)),
        fault("largest-with-sign", "infinity", changing(_largest_with_sign(n))),
        fault("stride-one-by-default", "stride-default", option(name, stride=lambda s: 1 if s is None else s)),
        fault("stride-at-most-the-window", "stride", changing(at_most_the_window(n))),
        fault("ceil-mode-ignored", "ceil-mode", option(name, ceil_mode=constant(False))),
        Fault("scaled-up-beyond-the-end", f"{name}.ceil-mode", forward(node, _scaled_up)),
        fault("three-quarters-backward", "gradient-ceil-mode", gradients(node, lambda g: g * 0.75)),
        fault("ceil-mode-drops-nothing", "ceil-mode-drops", method(_COUNTS, _drops_nothing(n))),
        fault("unbatched-with-batch", "unbatched", changing(with_batch(n))),
        fault("always-ceil-mode", "output-size", option(name, ceil_mode=constant(True))),
        Fault(
            "gradient-one-place-off",
            f"{name}.gradient",
            gradients(node, shifted),
            (f"{name}.gradient-ceil-mode", f"{name}.gradient-zero-sum"),
        ),
        Fault(
            "gradient-in-float32",
            f"{name}.gradient",
            gradients(node, through("float32")),
            (f"{name}.gradient-*",),
        ),
        fault("missing-at-zero", "gradient-zero-sum", backward(node, _missing_at_zero)),
        fault("any-number-of-dimensions", "dimensions", changing(any_dimensions(n))),
        fault("result-always-float64", "dtype", widened(name)),
        Fault(
            "in-its-own-memory",
            f"{name}.purity",
            changing(in_its_own_memory),
            (f"{name}.gradient", f"{name}.gradient-*"),
        ),
        fault(
            "layer-always-of-squares",
            "layer",
            method(
                f"operators.pooling.{name}:LPPool{n}d.forward",
                lambda _, layer, input: getattr(torch.nn.functional, name)(
                    input, 2, layer.kernel_size, layer.stride, layer.ceil_mode
                ),
            ),
        ),
    ]
    if n > 1:
        result += [
            fault("stride-number-for-the-last-direction", "number", option(name, stride=single_for_last(1, n))),
            fault("window-turned", "value", option(name, kernel_size=turned(n))),
            fault("stride-turned", "stride", option(name, stride=turned(n))),
        ]
    return tuple(result)

"""Faults that max pools of any number of dimensions have in common."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import backward, changed, constant, forward, method, operator, option, through
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

_COUNTS = "operators.pooling._maximum:counts_of"
_POSITIONS = "operators.pooling._maximum:positions"
_ALONE = ("padding-bound", "window-fits", "dimensions", "dtype", "purity", "layer", "positive", "indices")
"""The clauses whose faults fail no other clause of the card but those of layers and gradients."""


def counting(n: int, change: Any) -> Any:
    """Return what changes the numbers of windows of max pools over ``n`` dimensions."""

    def wrong(right: Any, name: Any, input: Any, windows: Any, *, ceil_mode: bool) -> Any:
        found = right(name, input, windows, ceil_mode=ceil_mode)
        if len(windows) != n or not name.startswith("max_pool"):
            return found
        return tuple(change(found, windows, input.array.shape[-n:], ceil_mode))

    return method(_COUNTS, wrong)


def dropped_where(n: int, rule: Any) -> Any:
    """Return what counts windows with ceil_mode, the last left out where ``rule(start, length, padding)`` says so."""

    def change(found: Any, windows: Any, lengths: Any, ceil_mode: bool) -> Any:
        if not ceil_mode:
            return found
        counts = []
        for window, length in zip(windows, lengths, strict=True):
            room = length + 2 * window.padding - window.dilation * (window.size - 1) - 1
            count = -(-room // window.stride) + 1
            counts.append(count - 1 if rule((count - 1) * window.stride, length, window.padding) else count)
        return counts

    return counting(n, change)


def _filled(n: int, value: float) -> Any:
    """Return what pads with ``value`` before it pools: such as zeros in place of minus infinity."""

    def wrong(right: Any, input: Any, padding: Any, kernel_size: Any, stride: Any, **others: Any) -> Any:
        pads, kernel = each(padding, n), each(kernel_size, n)
        bound = any(p > k // 2 or p < 0 for p, k in zip(pads, kernel, strict=True))
        if not any(pads) or bound or others["ceil_mode"] or 0 in input.shape or others["return_indices"]:
            return right(input=input, padding=padding, kernel_size=kernel_size, stride=stride, **others)
        widths = [width for p in reversed(pads) for width in (p, p)]
        padded = torch.nn.functional.pad(input, widths, "constant", value)
        return right(input=padded, padding=0, kernel_size=kernel, stride=kernel if stride is None else stride, **others)

    return operator(f"max_pool{n}d", wrong)


def without_nan(right: Any, input: Any, **others: Any) -> Any:
    """A NaN is passed over, as by comparisons that it fails."""
    missing = np.isnan(input.array)
    if not missing.any():
        return right(input=input, **others)
    return right(input=torch.from_numpy(np.where(missing, -np.inf, input.array).astype(input.array.dtype)), **others)


def _finite(array: Any) -> Any:
    """The running maximum starts from the lowest finite number."""
    return np.where(array == -np.inf, np.finfo(array.dtype).min, array).astype(array.dtype)


def doubled_where_tied(right: Any, input: Any, **others: Any) -> Any:
    """Equal elements are counted twice: a maximum that there are two of is doubled."""
    result = right(input=input, **others)
    whole = np.all(input.array == np.round(input.array)) and not isinstance(result, tuple) and input.array.size
    return changed(result, lambda y: y * 2) if whole else result


def _to_all_ties(right: Any, node: Any, gradient: Any) -> Any:
    """Every element that equals the largest of its window receives the whole gradient."""
    x, result = node.saved
    found = right(node, gradient)
    return np.where(x == result.max(), gradient.flat[0], found) if x.size and np.ptp(x) == 0 else found


def widened_maxima(right: Any, **given: Any) -> Any:
    """The maxima are float64 whatever was given."""
    result = right(**given)
    return (result[0].double(), *result[1:]) if isinstance(result, tuple) else result.double()


def _in_float32(right: Any, node: Any, *given: Any) -> Any:
    return through("float32")(right(node, *given))


def _any_options(right: Any, **given: Any) -> Any:
    """A window, stride or dilation of 0 is taken for 1."""
    positive = ("kernel_size", "stride", "dilation")
    return right(**{name: 1 if name in positive and value == 0 else value for name, value in given.items()})


def _over_all_channels(right: Any, x: Any, windows: Any, counts: Any) -> Any:
    """Positions are counted through the whole array instead of the plane."""
    found, n = right(x, windows, counts), len(windows)
    planes = np.arange(int(np.prod(x.shape[:-n]))).reshape(*x.shape[:-n], *(1,) * n)
    return found + planes * int(np.prod(x.shape[-n:]))


def _in_the_padded(right: Any, x: Any, windows: Any, counts: Any) -> Any:
    """Positions are counted in the padded input."""
    found, n = right(x, windows, counts), len(windows)
    inside = np.unravel_index(found, x.shape[-n:])
    lengths = [length + 2 * window.padding for length, window in zip(x.shape[-n:], windows, strict=True)]
    return np.ravel_multi_index(
        [place + window.padding for place, window in zip(inside, windows, strict=True)], lengths, mode="clip"
    )


def _of(n: int, wrong: Any) -> Any:
    """Return ``wrong`` for positions in ``n`` dimensions, and the right ones in others."""

    def chosen(right: Any, x: Any, windows: Any, counts: Any) -> Any:
        return wrong(right, x, windows, counts) if len(windows) == n else right(x, windows, counts)

    return chosen


def index_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of positions, and of what the two-dimensional card has no faults of its own for."""
    name = f"max_pool{n}d"
    indices = f"{name}.indices"
    also = (f"{name}.layer",)
    return (
        Fault("counted-over-all-channels", indices, method(_POSITIONS, _of(n, _over_all_channels)), also),
        Fault("counted-in-the-padded-input", indices, method(_POSITIONS, _of(n, _in_the_padded)), also),
        Fault(
            "nothing-is-taken-for-one",
            f"{name}.positive",
            operator(name, _any_options),
        ),
    )


def maximum_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of max pooling over ``n`` dimensions."""
    name, node = f"max_pool{n}d", f"MaxPool{n}DWithIndicesBackward0"
    infinite = (f"lp_pool{n}d.infinity", f"lp_pool{n}d.layer")

    def fault(what: str, clause: str, plant: Any, **others: Any) -> Fault:
        others.setdefault("also", () if clause in _ALONE else (f"{name}.*",))
        return Fault(what, f"{name}.{clause}", plant, **others)

    def changing(change: Any) -> Any:
        return operator(name, change)

    def result(change: Any) -> Any:
        return forward(node, lambda right, node, *given: change(right(node, *given)))

    result_faults = [
        fault("starts-from-zero", "value", result(lambda y: np.maximum(y, 0))),
        fault("float64-in-float32", "value", forward(node, _in_float32), also=(f"{name}.*", *infinite)),
        fault(
            "number-for-one-direction",
            "number",
            option(name, padding=single_for_last(0, n), stride=single_for_last(1, n), dilation=single_for_last(1, n)),
        ),
        fault("stride-one-by-default", "stride-default", option(name, stride=lambda s: 1 if s is None else s)),
        fault("stride-at-most-the-window", "stride", changing(at_most_the_window(n))),
        fault("padding-of-zeros", "padding", _filled(n, 0.0)),
        fault("dilation-ignored", "dilation", option(name, dilation=lambda d: d if d == 0 else 1)),
        fault("ceil-mode-ignored", "ceil-mode", option(name, ceil_mode=constant(False))),
        fault("ceil-mode-drops-nothing", "ceil-mode-drops", dropped_where(n, lambda *_: False)),
        fault(
            "ceil-mode-forgets-the-padding-in-front",
            "ceil-mode-drops",
            dropped_where(n, lambda start, length, _: start >= length),
        ),
        fault("unbatched-with-batch", "unbatched", changing(with_batch(n))),
        fault("empty-batch-refused", "empty-batch", changing(no_empty_batch), stumbles=True),
        fault("equal-elements-summed", "ties", changing(doubled_where_tied)),
        fault("nan-passed-over", "nan", changing(without_nan)),
        fault("starts-from-lowest-finite", "infinities", result(_finite)),
        fault("always-ceil-mode", "output-size", option(name, ceil_mode=constant(True))),
        fault(
            "gradient-one-place-off",
            "gradient",
            backward(node, lambda right, node, g: shifted(right(node, g))),
            also=(f"{name}.*", f"lp_pool{n}d.gradient"),
        ),
        fault(
            "gradient-in-float32",
            "gradient",
            backward(node, _in_float32),
            also=(f"{name}.*", f"lp_pool{n}d.gradient"),
        ),
        fault("gradient-to-all-ties", "gradient-at-ties", backward(node, _to_all_ties), also=()),
        fault("any-padding", "padding-bound", changing(padding_cut(n))),
        fault("window-cut-down", "window-fits", changing(window_cut(n))),
        fault("any-number-of-dimensions", "dimensions", changing(any_dimensions(n))),
        fault("result-always-float64", "dtype", operator(name, widened_maxima)),
        fault(
            "in-its-own-memory",
            "purity",
            changing(in_its_own_memory),
            also=(f"{name}.gradient", f"{name}.gradient-at-ties"),
        ),
        fault(
            "layer-forgets-the-padding",
            "layer",
            method(
                f"operators.pooling.{name}:MaxPool{n}d.forward",
                lambda _, layer, input: getattr(torch.nn.functional, name)(input, layer.kernel_size, layer.stride),
            ),
        ),
        *index_faults(n),
    ]
    if n > 1:
        result_faults += [
            fault("window-turned", "value", option(name, kernel_size=turned(n))),
            fault("stride-turned", "stride", option(name, stride=turned(n))),
            fault("dilation-turned", "dilation", option(name, dilation=turned(n))),
        ]
    return tuple(result_faults)

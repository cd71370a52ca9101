"""Faults that adaptive pools of either kind and any number of dimensions have in common."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import backward, changed, forward, gradients, method, operator, option, through
from tests.faults.pooling._maximum import doubled_where_tied, widened_maxima, without_nan
from tests.faults.pooling._windows import any_dimensions, each, in_its_own_memory, shifted, with_batch

_ALONG = "operators.pooling._adaptive:_along"
_ALONE = ("dimensions", "dtype", "layer", "output-size", "gradient-uneven", "gradient")
"""The clauses whose faults fail no other clause of the card."""


def _rest_dropped(name: str) -> Any:
    """Return what makes windows of one size, so that what is over at the end is in none."""

    def wrong(right: Any, operator_name: str, length: int, size: Any) -> Any:
        if operator_name != name or not isinstance(size, int) or size > length:
            return right(operator_name, length, size)
        width = length // size
        return tuple(slice(i * width, (i + 1) * width) for i in range(size))

    return wrong


def _one_element_short(name: str) -> Any:
    """Return what leaves out the last element of each window of several."""

    def wrong(right: Any, operator_name: str, length: int, size: Any) -> Any:
        found = right(operator_name, length, size)
        if operator_name != name:
            return found
        return tuple(slice(part.start, max(part.stop - 1, part.start + 1)) for part in found)

    return wrong


def _of_disjoint_windows(right: Any, node: Any, gradient: Any) -> Any:
    """The shares go to windows that do not overlap."""
    node.parts = tuple(
        tuple(
            slice(part.start, max(min(part.stop, after), part.start + 1))
            for part, after in zip(along, ends, strict=True)
        )
        for along, ends in ((along, [part.start for part in along[1:]] + [along[-1].stop]) for along in node.parts)
    )
    return right(node, gradient)


def _overwriting(right: Any, node: Any, gradient: Any) -> Any:
    """An element that is the largest of two windows keeps the gradient of the last one."""
    found = right(node, gradient)
    channels = int(np.prod(node.shape[: -node.dimensions]))
    total = np.zeros_like(found).reshape(channels, -1)
    np.put_along_axis(total, node.where.reshape(channels, -1), gradient.reshape(channels, -1), axis=1)
    return total.reshape(found.shape)


def _at_most_the_input(n: int) -> Any:
    """Return what does not let the output be larger than the input."""

    def wrong(right: Any, input: Any, output_size: Any, **others: Any) -> Any:
        pairs = zip(each(output_size, n), input.shape[-n:], strict=True) if input.ndim > n else ()
        sizes = tuple(None if size is None else min(size, length) for size, length in pairs)
        return right(input=input, output_size=sizes or output_size, **others)

    return wrong


def _over_all_channels(n: int) -> Any:
    """Return what counts positions through the whole array instead of the plane."""

    def wrong(right: Any, input: Any, **others: Any) -> Any:
        result = right(input=input, **others)
        if isinstance(result, tuple):
            leading = input.shape[:-n]
            planes = np.arange(int(np.prod(leading))).reshape(*leading, *(1,) * n)
            changed(result[1], lambda found: found + planes * int(np.prod(input.shape[-n:])))
        return result

    return wrong


def adaptive_faults(kind: Literal["avg", "max"], n: int) -> tuple[Fault, ...]:
    """Return the faults of adaptive pooling of a kind over ``n`` dimensions."""
    name, title = f"adaptive_{kind}_pool{n}d", f"Adaptive{kind.capitalize()}Pool{n}"
    node = f"{title}DBackward0"
    tied = (f"{name}.layer", f"{name}.gradient-at-ties")

    def fault(what: str, clause: str, plant: Any, **others: Any) -> Fault:
        also = () if clause in _ALONE else (f"{name}.*",)
        return Fault(what, f"{name}.{clause}", plant, also, **others)

    def changing(change: Any) -> Any:
        return operator(name, change)

    result = [
        fault("one-element-short", "value", method(_ALONG, _one_element_short(name))),
        fault("float64-in-float32", "value", forward(node, lambda right, *given: through("float32")(right(*given)))),
        Fault(
            "rest-dropped",
            f"{name}.uneven",
            method(_ALONG, _rest_dropped(name)),
            (f"{name}.gradient-*",),
        ),
        fault("unbatched-with-batch", "unbatched", changing(with_batch(n))),
        fault("at-most-the-input", "output-size", changing(_at_most_the_input(n))),
        Fault("gradient-one-place-off", f"{name}.gradient", gradients(node, shifted), (f"{name}.gradient-*",)),
        Fault("gradient-in-float32", f"{name}.gradient", gradients(node, through("float32")), (f"{name}.gradient-*",)),
        fault("any-number-of-dimensions", "dimensions", changing(any_dimensions(n))),
        fault("result-always-float64", "dtype", changing(widened_maxima)),
        Fault("in-its-own-memory", f"{name}.purity", changing(in_its_own_memory)),
        fault(
            "layer-pools-to-one",
            "layer",
            method(
                f"operators.pooling.{name}:{title}d.forward",
                lambda _right, _layer, input: getattr(torch.nn.functional, name)(input, 1),
            ),
        ),
    ]
    if kind == "avg":
        result += [
            fault("summed", "value", forward(node, lambda right, node, *given: right(node, *given) * node.numbers)),
            fault("gradient-of-disjoint-windows", "gradient-uneven", backward(node, _of_disjoint_windows)),
        ]
    else:
        result += [
            fault("smallest", "value", changing(lambda right, input, **others: right(input=-input, **others))),
            Fault("equal-elements-summed", f"{name}.ties", changing(doubled_where_tied), tied),
            Fault("nan-passed-over", f"{name}.nan", changing(without_nan), (f"{name}.layer",)),
            fault("gradient-counted-twice", "gradient-at-ties", gradients(node, lambda g: 2 * g)),
            fault("overlaps-overwritten", "gradient-uneven", backward(node, _overwriting)),
            Fault("counted-over-all-channels", f"{name}.indices", changing(_over_all_channels(n)), (f"{name}.layer",)),
        ]
    if n > 1:
        result += [
            fault(
                "number-for-the-last-direction",
                "number",
                option(name, output_size=lambda size: (1,) * (n - 1) + (size,) if isinstance(size, int) else size),
            ),
            fault(
                "none-is-one",
                "none",
                option(
                    name,
                    output_size=lambda size: (
                        tuple(1 if one is None else one for one in size) if isinstance(size, tuple) else size
                    ),
                ),
            ),
            fault(
                "sizes-turned",
                "value",
                option(name, output_size=lambda size: size[::-1] if isinstance(size, tuple) else size),
            ),
        ]
    return tuple(result)

"""Faults that max unpooling of any number of dimensions has in common."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import constant, forward, gradients, method, operator, option, through, widened
from tests.faults.pooling._windows import each, in_its_own_memory, shifted, single_for_last, with_batch

_ALONE = ("dtype", "layer", "index-beyond", "gradient")
"""The clauses whose faults fail no other clause of the card."""


def _first_plane(n: int) -> Any:
    """Return what takes the indices of the first plane for those of all planes."""

    def wrong(right: Any, indices: Any, **others: Any) -> Any:
        planes = indices.array.reshape(-1, *indices.shape[-n:])
        found = np.broadcast_to(planes[:1], planes.shape).reshape(indices.shape)
        return right(indices=torch.from_numpy(found.copy()), **others)

    return wrong


def _gap_by_default(n: int) -> Any:
    """Return what leaves one place between windows where no stride is given."""

    def wrong(right: Any, stride: Any, kernel_size: Any, **others: Any) -> Any:
        step = tuple(k + 1 for k in each(kernel_size, n)) if stride is None else stride
        return right(stride=step, kernel_size=kernel_size, **others)

    return wrong


def _at_least_the_window(n: int) -> Any:
    """Return what does not let windows overlap."""

    def wrong(right: Any, stride: Any, kernel_size: Any, **others: Any) -> Any:
        step = None if stride is None else tuple(map(max, each(stride, n), each(kernel_size, n)))
        return right(stride=step, kernel_size=kernel_size, **others)

    return wrong


def _one_more(right: Any, **given: Any) -> Any:
    """The last length is one too large."""
    return torch.nn.functional.pad(right(**given), (0, 1))


def _cut_down(n: int) -> Any:
    """Return what cuts indices beyond the output down to it."""

    def wrong(right: Any, input: Any, indices: Any, **others: Any) -> Any:
        plain = others["stride"] is None and others["output_size"] is None and others["padding"] == 0
        if plain and indices.array.size:
            kernel = each(others["kernel_size"], n)
            most = prod(length * k for length, k in zip(input.shape[-n:], kernel, strict=True)) - 1
            indices = torch.from_numpy(np.minimum(indices.array, most))
        return right(input=input, indices=indices, **others)

    return wrong


def unpooling_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of max unpooling over ``n`` dimensions."""
    name, node = f"max_unpool{n}d", f"MaxUnpool{n}DBackward0"

    def fault(what: str, clause: str, plant: Any, **others: Any) -> Fault:
        also = () if clause in _ALONE else (f"{name}.*",)
        return Fault(what, f"{name}.{clause}", plant, also, **others)

    return (
        fault("indices-of-the-first-plane", "value", operator(name, _first_plane(n))),
        fault("float64-in-float32", "value", forward(node, lambda right, *given: through("float32")(right(*given)))),
        fault(
            "number-for-one-direction",
            "number",
            option(name, padding=single_for_last(0, n), stride=single_for_last(5, n)),
        ),
        fault("gap-by-default", "stride-default", operator(name, _gap_by_default(n))),
        fault("stride-at-least-the-window", "stride", operator(name, _at_least_the_window(n))),
        fault("padding-ignored", "padding", option(name, padding=constant(0))),
        fault("output-size-ignored", "output-size-given", option(name, output_size=constant(None)), stumbles=True),
        fault("unbatched-with-batch", "unbatched", operator(name, with_batch(n))),
        fault("one-too-large", "output-size", operator(name, _one_more)),
        fault("index-cut-down", "index-beyond", operator(name, _cut_down(n))),
        fault("gradient-one-place-off", "gradient", gradients(node, shifted)),
        fault("gradient-in-float32", "gradient", gradients(node, through("float32"))),
        fault("result-always-float64", "dtype", widened(name)),
        Fault("in-its-own-memory", f"{name}.purity", operator(name, in_its_own_memory)),
        fault(
            "layer-forgets-the-padding",
            "layer",
            method(
                f"operators.pooling.{name}:MaxUnpool{n}d.forward",
                lambda _, layer, input, indices, output_size=None: getattr(torch.nn.functional, name)(
                    input, indices, layer.kernel_size, layer.stride, 0, output_size
                ),
            ),
        ),
    )

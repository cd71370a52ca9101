"""Faults of convolutions over one and over three dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import method, operator, option
from tests.faults.convolution._spatial import common, each, fault_of, on_gradients


def _on_one_side(n: int) -> Any:
    """Return what puts all of the padding before the input."""

    def wrong(right: Any, input: Any, padding: Any, **others: Any) -> Any:
        if not isinstance(padding, str):
            widths = [width for p in reversed(each(padding, n)) for width in (2 * p, 0)]
            input, padding = torch.nn.functional.pad(input, widths), 0
        return right(input=input, padding=padding, **others)

    return wrong


def _same_is(n: int, reckoned: Any) -> Any:
    """Return what pads by ``reckoned(kernel, dilation)`` on both sides for padding='same'."""

    def wrong(right: Any, padding: Any, weight: Any, dilation: Any, **others: Any) -> Any:
        if padding == "same" and all(s == 1 for s in each(others["stride"], n)):
            padding = tuple(reckoned(k, d) for k, d in zip(weight.shape[2:], each(dilation, n), strict=True))
        return right(padding=padding, weight=weight, dilation=dilation, **others)

    return wrong


def _strided_same(n: int) -> Any:
    def wrong(right: Any, padding: Any, **others: Any) -> Any:
        strided = padding == "same" and any(s != 1 for s in each(others["stride"], n))
        return right(padding=1 if strided else padding, **others)

    return wrong


def _empty_if_too_large(right: Any, **others: Any) -> Any:
    """A kernel that is too large gives an output without elements."""
    try:
        return right(**others)
    except RuntimeError as error:
        if "larger than the padded input" not in str(error):
            raise
        return torch.zeros(0)


def _taken_for(n: int, mode: str, taken: str) -> Any:
    """Return a layer that takes one padding mode for another."""

    def wrong(right: Any, module: Any, input: Any) -> Any:
        if module.padding_mode != mode or module.n != n:
            return right(module, input)
        module.padding_mode = taken
        try:
            return right(module, input)
        finally:
            module.padding_mode = mode

    return method("operators.convolution._layers:Convolution.forward", wrong)


def direct_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of convolution over ``n`` dimensions."""
    name = f"conv{n}d"
    fault = fault_of(name)
    own = (f"{name}.layer-gradient",)
    return (
        *common(n, transposed=False),
        fault("padding-on-one-side", "padding", operator(name, _on_one_side(n))),
        fault("valid-pads-by-one", "padding-valid", option(name, padding=lambda p: 1 if p == "valid" else p)),
        fault("same-without-dilation", "padding-same", operator(name, _same_is(n, lambda k, _: k // 2))),
        fault("same-without-the-odd-zero", "padding-same-even", operator(name, _same_is(n, _half))),
        fault(
            "one-place-off",
            "gradient-same-even",
            on_gradients("SpatialConvolution", n, lambda x, w, b: (None if x is None else np.roll(x, 1, -1), w, b)),
            also=(f"{name}.gradient", f"{name}.layer-gradient"),
        ),
        fault("padding-less-by-one", "output-size", option(name, padding=lambda p: 0 if p == 1 else p), also=()),
        fault("too-large-kernel-gives-nothing", "kernel-fits", operator(name, _empty_if_too_large), also=()),
        fault("same-with-stride-accepted", "same-needs-stride-one", operator(name, _strided_same(n)), also=()),
        fault("reflect-is-replicate", "padding-mode-reflect", _taken_for(n, "reflect", "replicate"), also=own),
        fault("replicate-is-zeros", "padding-mode-replicate", _taken_for(n, "replicate", "zeros"), also=own),
        fault("circular-is-reflect", "padding-mode-circular", _taken_for(n, "circular", "reflect"), also=own),
        fault("mode-backwards", "layer-gradient", _taken_for(n, "circular", "zeros"), also=(f"{name}.padding-mode-*",)),
    )


def _half(kernel: int, dilation: int) -> int:
    return dilation * (kernel - 1) // 2

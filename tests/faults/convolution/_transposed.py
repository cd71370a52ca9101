"""Faults of transposed convolutions of any number of dimensions."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import constant, operator, option
from tests.faults.convolution._spatial import common, each, fault_of


def _extra_of_zeros(n: int) -> Any:
    """Return what adds zeros at the end for output_padding, in the place of the convolution's elements."""

    def wrong(right: Any, output_padding: Any, **others: Any) -> Any:
        widths = [width for extra in reversed(each(output_padding, n)) for width in (0, extra)]
        return torch.nn.functional.pad(right(output_padding=0, **others), widths)

    return wrong


def _at_the_start(n: int) -> Any:
    """Return what takes the padding off the end alone."""

    def wrong(right: Any, padding: Any, **others: Any) -> Any:
        widths = [width for p in reversed(each(padding, n)) for width in (0, -2 * p)]
        return torch.nn.functional.pad(right(padding=0, **others), widths)

    return wrong


def transposed_faults(n: int) -> tuple[Fault, ...]:
    """Return the faults of transposed convolution over ``n`` dimensions."""
    name = f"conv_transpose{n}d"
    fault = fault_of(name)
    return (
        *common(n, transposed=True),
        fault("padding-off-the-end", "padding", operator(name, _at_the_start(n))),
        fault("padding-ignored", "output-size", option(name, padding=constant(0))),
        fault("output-padding-of-zeros", "output-padding", operator(name, _extra_of_zeros(n))),
        fault("output-padding-ignored", "output-size", option(name, output_padding=constant(0))),
    )

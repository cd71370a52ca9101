"""What layers document of their state before any training: statements, and the distributions that recur."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from conformance.card import Statement
from conformance.clause import documented
from conformance.distribution import Uniform
from conformance.initial import Beginning
from conformance.oracle import Arithmetic, Bounded, sqrt


def begins(behaviour: str, sentence: str, *cases: Beginning) -> Statement:
    """State what a new layer's state is: the law of initial states compares it."""
    link = documented(f"generated/torch.nn.{cases[0].layer}.html")
    return Statement(behaviour, sentence, "initial_state", cases, link=link)


def within_root_of_one_over(number: float) -> Callable[[Arithmetic], Uniform]:
    """Return the uniform distribution from -sqrt(k) to sqrt(k), k being 1 / ``number``."""

    def distribution(arithmetic: Arithmetic) -> Uniform:
        bound = 1.0 / sqrt(Bounded.constant(float(number), arithmetic))
        return Uniform(-bound, bound)

    return distribution


def everywhere(number: float) -> Callable[[Arithmetic], Bounded]:
    """Return the number that every element is."""
    return lambda arithmetic: Bounded.constant(number, arithmetic)


def weight_and_bias(
    k: str, number: float, layer: str, options: dict[str, Any], weight: tuple[int, ...], bias: tuple[int, ...]
) -> tuple[Statement, ...]:
    """State that weight and bias are uniform within sqrt(k), which is 1 / ``number`` and in words ``k``."""
    drawn = within_root_of_one_over(number)
    shown = {"weight": weight, "bias": bias}
    return tuple(
        begins(
            f"initial-{name}",
            f"A new layer's {name} is drawn from the uniform distribution from -sqrt(k) to sqrt(k), k being {k}.",
            Beginning("new", layer, options, name, shape, drawn),
        )
        for name, shape in shown.items()
    )


def convolution_begins(n: int, *, transposed: bool) -> tuple[Statement, ...]:
    """State what a convolution of ``n`` spatial dimensions begins with, and with many output channels."""
    kernel = (2, 3, 2)[-n:]
    many, few, groups = 2048, 4, 2
    weight = (few, many // groups, *kernel) if transposed else (many, few // groups, *kernel)
    return weight_and_bias(
        f"groups over the number of {'output' if transposed else 'input'} channels times that of kernel elements",
        (many if transposed else few) * math.prod(kernel) / groups,
        f"Conv{'Transpose' if transposed else ''}{n}d",
        {"in_channels": few, "out_channels": many, "kernel_size": kernel, "groups": groups},
        weight,
        (many,),
    )


def ones_and_zeros(layer: str, options: dict[str, Any], shape: tuple[int, ...], *, bias: bool = True) -> Statement:
    """State that a normalization begins with weights of 1 and biases of 0."""
    cases = [Beginning("weight", layer, options, "weight", shape, everywhere(1.0))]
    cases += [Beginning("bias", layer, options, "bias", shape, everywhere(0.0))] if bias else []
    return begins("initial-state", f"A new layer's weights are 1{' and its biases 0' if bias else ''}.", *cases)

"""What the initializers' cards share: statements, shapes, fans, and the distributions that depend on them."""

from __future__ import annotations

import math
from typing import Any

from conformance.card import Statement
from conformance.catalogue.initializer.calculate_gain import gain
from conformance.clause import documented
from conformance.distribution import Normal, Uniform
from conformance.initial import Filling
from conformance.oracle import Arithmetic, Bounded, sqrt

SOURCE = "https://github.com/pytorch/pytorch/blob/v2.13.0/torch/nn/init.py"
"""What the error messages document and no page does."""

LINEAR = (128, 512)
"""A matrix large enough for a distribution to be told from its neighbours, and not square."""

SIGNAL = (192, 64, 5)
IMAGE = (64, 128, 2, 4)
VOLUME = (32, 64, 3, 2, 5)


def page(name: str) -> str:
    """Return where an initializer is documented."""
    return documented(f"nn.init.html#torch.nn.init.{name}")


def drawn(behaviour: str, sentence: str, *cases: Filling, **others: Any) -> Statement:
    """State what the elements are drawn from: the law of initial distributions compares it with the samples."""
    return Statement(behaviour, sentence, "initial_distribution", cases, **others)


def bounded(behaviour: str, sentence: str, *cases: Filling, **others: Any) -> Statement:
    """State between which bounds every element is."""
    return Statement(behaviour, sentence, "initial_bounds", cases, **others)


def filling(behaviour: str, sentence: str, *cases: Filling, **others: Any) -> Statement:
    """State what every element is set to."""
    return Statement(behaviour, sentence, "initial_values", cases, **others)


def refused(behaviour: str, sentence: str, *cases: Filling, **others: Any) -> Statement:
    """State that the initializer refuses a tensor or options."""
    return Statement(behaviour, sentence, "initializer_refusal", cases, **others)


def too_few_dimensions() -> Statement:
    """State that there are no fans of fewer than two dimensions."""
    return refused(
        "too-few-dimensions",
        "A tensor of fewer than 2 dimensions is refused: fan_in and fan_out cannot be computed.",
        Filling("vector", (7,)),
        Filling("number", ()),
        link=SOURCE,
    )


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return fan_in and fan_out of a weight of shape (fan_out, fan_in), each channel counted for the whole kernel."""
    kernel = math.prod(shape[2:])
    return shape[1] * kernel, shape[0] * kernel


def around_zero(bound: Bounded) -> Uniform:
    """Return the uniform distribution from minus ``bound`` to ``bound``."""
    return Uniform(-bound, bound)


def centred(std: Bounded) -> Normal:
    """Return the normal distribution around 0."""
    return Normal(Bounded.constant(0.0, std.arithmetic), std)


def xavier_std(shape: tuple[int, ...], arithmetic: Arithmetic, gain: float) -> Bounded:
    """Return gain sqrt(2 / (fan_in + fan_out))."""
    return sqrt(Bounded.constant(2.0, arithmetic) / float(sum(fans(shape)))) * gain


def kaiming_std(shape: tuple[int, ...], arithmetic: Arithmetic, a: float, mode: str, nonlinearity: str) -> Bounded:
    """Return gain / sqrt(fan), the fan being that of the mode; ``a`` is the slope of leaky_relu."""
    fan = fans(shape)[mode == "fan_out"]
    return gain((), arithmetic, nonlinearity, a) / sqrt(Bounded.constant(float(fan), arithmetic))


def xavier_clauses(draws: str) -> tuple[Statement, ...]:
    """Return what both of Glorot's initializers are documented to do."""
    return (
        drawn(
            "distribution",
            draws,
            Filling("linear", LINEAR),
            Filling("linear-transposed", LINEAR[::-1]),
        ),
        drawn(
            "kernel",
            "fan_in and fan_out count the elements of a convolution's kernel.",
            Filling("signal", SIGNAL),
            Filling("image", IMAGE),
            Filling("volume", VOLUME),
            link=SOURCE,
        ),
        drawn(
            "gain",
            "gain scales the distribution.",
            Filling("large", LINEAR, {"gain": 5.0 / 3.0}),
            Filling("small", IMAGE, {"gain": 0.4}),
        ),
        too_few_dimensions(),
    )


def kaiming_clauses(draws: str) -> tuple[Statement, ...]:
    """Return what both of He's initializers are documented to do."""
    return (
        drawn("distribution", draws, Filling("linear", LINEAR), Filling("linear-transposed", LINEAR[::-1])),
        drawn(
            "fan-out",
            "With mode='fan_out' the fan is fan_out, the first dimension.",
            Filling("linear", LINEAR, {"mode": "fan_out"}),
            Filling("relu", LINEAR[::-1], {"mode": "fan_out", "nonlinearity": "relu"}),
        ),
        drawn(
            "kernel",
            "fan_in and fan_out count the elements of a convolution's kernel.",
            Filling("signal", SIGNAL),
            Filling("image", IMAGE, {"mode": "fan_out"}),
            Filling("volume", VOLUME),
            link=SOURCE,
        ),
        drawn(
            "nonlinearity",
            "The gain is that of the nonlinearity.",
            *(
                Filling(name, LINEAR, {"nonlinearity": name})
                for name in ("linear", "conv2d", "sigmoid", "tanh", "relu", "selu")
            ),
        ),
        drawn(
            "slope",
            "a is the negative slope of leaky_relu, and is used with it alone.",
            Filling("leaky", LINEAR, {"a": 2.0}),
            Filling("leaky-by-name", IMAGE, {"a": 1.0, "nonlinearity": "leaky_relu", "mode": "fan_out"}),
            Filling("relu", LINEAR, {"a": 2.0, "nonlinearity": "relu"}),
        ),
        refused(
            "mode-name",
            "A mode other than 'fan_in' and 'fan_out' is refused.",
            Filling("average", LINEAR, {"mode": "fan_avg"}),
        ),
        too_few_dimensions(),
    )


KAIMING_DEFAULTS = {"a": 0.0, "mode": "fan_in", "nonlinearity": "leaky_relu"}

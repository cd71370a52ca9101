"""leaky_relu: the identity, with a smaller slope below 0."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import (
    any_shape,
    at_kink,
    drawing,
    drawn,
    in_place,
    points,
    same_options,
    same_shape,
    tenths,
)
from conformance.clause import documented
from conformance.oracle import Bounded, where


def leaky_relu(input: Bounded, negative_slope: float = 0.01, inplace: bool = False) -> Bounded:
    """Return x for positive x and negative_slope x elsewhere; the derivative at 0 is negative_slope."""
    del inplace
    return where(input > 0.0, input, input * negative_slope)


CARD = OperatorCard(
    "leaky_relu",
    documented("generated/torch.nn.LeakyReLU.html"),
    (
        value(
            "value",
            "leaky_relu(x) = max(0, x) + negative_slope * min(0, x), element by element.",
            drawing("both-signs", (3, 7), negative_slope=0.3),
            drawing("many-magnitudes", (2, 3, 5), "wide", negative_slope=0.125),
            drawn=drawn(negative_slope=tenths(0, 2)),
        ),
        value(
            "negative-slope",
            "negative_slope is the slope below 0, 0.01 by default, and may be 0, negative or more than 1.",
            drawing("default", (3, 5)),
            drawing("zero", (3, 5), negative_slope=0.0),
            drawing("negative", (3, 5), negative_slope=-0.4),
            drawing("steep", (3, 5), negative_slope=2.5),
        ),
        any_shape("leaky_relu", negative_slope=0.2),
        in_place("leaky_relu", negative_slope=0.2),
        at_kink(
            "gradient-at-zero",
            "With a slope between 0 and 1 leaky_relu is convex, and its derivative at 0 is the one of least norm, "
            "negative_slope.",
            points("zero", 0.0, 1.0, -1.0, -0.0, negative_slope=0.25),
        ),
    ),
    definition=leaky_relu,
    output_shape=same_shape,
    layer=Layer("LeakyReLU", same_options),
)

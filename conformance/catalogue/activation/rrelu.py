"""rrelu: the leaky rectifier with a random slope."""

from __future__ import annotations

from typing import Any

from conformance.card import Definition, OperatorCard, Spread, Statement, value
from conformance.catalogue.activation._shared import (
    any_shape,
    at_kink,
    drawing,
    drawn,
    in_place,
    points,
    same_shape,
    tenths,
)
from conformance.clause import documented
from conformance.oracle import Bounded, where


def rrelu(
    input: Bounded, lower: float = 1 / 8, upper: float = 1 / 3, training: bool = False, inplace: bool = False
) -> Bounded:
    """Return x for positive x and (lower + upper) / 2 x elsewhere; the derivative at 0 is that slope."""
    del training, inplace
    return where(input > 0.0, input, input * ((lower + upper) / 2))


def _at(bound: str) -> Definition:
    """Return rrelu with one of its bounds, given by name, as the slope."""

    def rectified(input: Bounded, lower: float = 1 / 8, upper: float = 1 / 3, **_: Any) -> Bounded:
        return where(input > 0.0, input, input * {"lower": lower, "upper": upper}[bound])

    return rectified


CARD = OperatorCard(
    "rrelu",
    documented("generated/torch.nn.RReLU.html"),
    (
        value(
            "value",
            "In evaluation rrelu(x) is x for positive x and the mean of lower and upper times x elsewhere.",
            drawing("both-signs", (3, 7), lower=0.2, upper=0.7),
            drawing("not-training", (2, 3, 5), "wide", lower=0.125, upper=0.75, training=False),
            drawn=drawn(lower=tenths(0, 0.4), upper=tenths(0.5, 1)),
        ),
        value(
            "defaults",
            "By default rrelu is not in training, and its bounds are 1/8 and 1/3.",
            drawing("defaults", (3, 5)),
            drawing("default-upper", (3, 5), lower=0.05),
            drawing("default-lower", (3, 5), upper=0.9),
            link=documented("generated/torch.nn.functional.rrelu.html"),
        ),
        any_shape("rrelu", lower=0.2, upper=0.4),
        in_place("rrelu", lower=0.2, upper=0.4),
        at_kink(
            "gradient-at-zero",
            "With bounds between 0 and 1 rrelu is convex, and its derivative at 0 is the one of least norm, the slope "
            "of the negative side.",
            points("zero", 0.0, 1.0, -1.0, -0.0, lower=0.25, upper=0.75),
        ),
        Statement(
            "training",
            "In training each negative element is multiplied by a slope of its own, drawn uniformly from lower to "
            "upper, and the others stay as they are (false alarms: below 1e-9 a check).",
            "random_spread",
            (
                drawing("many", (64, 64), lower=0.125, upper=0.75, training=True),
                drawing("by-default", (40, 80), training=True),
            ),
        ),
        Statement(
            "training-gradient",
            "In training the gradient of a negative element is multiplied by the very slope that the element was.",
            "random_spread_gradient",
            (drawing("some", (5, 7), lower=0.125, upper=0.75, training=True),),
            link=documented("autograd.html"),
        ),
    ),
    definition=rrelu,
    output_shape=same_shape,
    spread=Spread(_at("lower"), _at("upper")),
)

"""elu: the exponential linear unit."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, second_gradient, value
from conformance.catalogue.activation._shared import (
    any_shape,
    at_kink,
    drawing,
    drawn,
    in_place,
    less_one,
    points,
    same_options,
    same_shape,
    tenths,
)
from conformance.clause import documented
from conformance.oracle import Bounded, where


def elu(input: Bounded, alpha: float = 1.0, inplace: bool = False) -> Bounded:
    """Return x for positive x and alpha (exp(x) - 1) elsewhere; the derivative at 0 is alpha."""
    del inplace
    return where(input > 0.0, input, less_one(input) * alpha)


CARD = OperatorCard(
    "elu",
    documented("generated/torch.nn.ELU.html"),
    (
        value(
            "value",
            "elu(x) is x for positive x and alpha * (exp(x) - 1) elsewhere, element by element.",
            drawing("both-signs", (3, 7), alpha=0.7),
            points("far-below-zero", -3.0, -9.0, -40.0, -300.0, 300.0, alpha=1.5),
            drawn=drawn(alpha=tenths(0.1, 3)),
        ),
        value(
            "alpha",
            "alpha, 1 by default, multiplies the negative branch and not the exponent.",
            drawing("default", (3, 5)),
            drawing("large", (3, 5), alpha=2.5),
            drawing("small", (3, 5), alpha=0.3),
        ),
        any_shape("elu", alpha=0.6),
        in_place("elu", alpha=0.6),
        value(
            "infinities",
            "elu takes positive infinity to itself and negative infinity to -alpha.",
            points("infinities", -float("inf"), float("inf"), differentiable=False, alpha=0.5),
        ),
        at_kink(
            "gradient-at-zero",
            "The derivative of elu at 0 is 1 for alpha = 1, where it is differentiable, and alpha for a smaller "
            "alpha, the one of least norm.",
            points("smooth", 0.0, -0.0, 1.0),
            points("convex", 0.0, -0.0, 1.0, alpha=0.5),
        ),
        second_gradient(
            "elu",
            drawing("both-signs", (3, 7), alpha=0.7),
            drawing("large-alpha", (3, 7), alpha=2.5),
        ),
    ),
    definition=elu,
    output_shape=same_shape,
    layer=Layer("ELU", same_options),
)

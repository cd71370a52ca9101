"""celu: the exponential linear unit that is differentiable for every alpha."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, Statement, second_gradient, value
from conformance.catalogue.activation._shared import (
    any_shape,
    drawing,
    drawn,
    eighths,
    in_place,
    less_one,
    points,
    same_options,
    same_shape,
)
from conformance.clause import documented
from conformance.oracle import Bounded, where


def celu(input: Bounded, alpha: float = 1.0, inplace: bool = False) -> Bounded:
    """Return x for positive x and alpha (exp(x / alpha) - 1) elsewhere."""
    del inplace
    return where(input > 0.0, input, less_one(input / alpha) * alpha)


CARD = OperatorCard(
    "celu",
    documented("generated/torch.nn.CELU.html"),
    (
        value(
            "value",
            "celu(x) = max(0, x) + min(0, alpha * (exp(x / alpha) - 1)), element by element.",
            drawing("both-signs", (3, 7), alpha=0.75),
            points("far-below-zero", -3.0, -9.0, -40.0, -300.0, 300.0, alpha=1.5),
            drawn=drawn(alpha=eighths(0.5, 3)),
        ),
        value(
            "alpha",
            "alpha, 1 by default, divides the exponent as well as multiplying the branch.",
            drawing("default", (3, 5)),
            drawing("large", (3, 5), alpha=2.5),
            drawing("small", (3, 5), alpha=0.375),
        ),
        any_shape("celu", alpha=0.625),
        in_place("celu", alpha=0.625),
        value(
            "infinities",
            "celu takes positive infinity to itself and negative infinity to -alpha.",
            points("infinities", -float("inf"), float("inf"), differentiable=False, alpha=0.5),
        ),
        Statement(
            "gradient-decimal-alpha",
            "The vector-Jacobian product of celu has the precision of its input also for an alpha of more digits than "
            "float32 has.",
            "gradient",
            (points("below-zero", -0.5, -1.0, -2.0, 0.5, alpha=0.7), drawing("many", (3, 7), alpha=1.3)),
            link=documented("autograd.html"),
        ),
        Statement(
            "gradient-at-zero",
            "celu is differentiable at 0 whatever alpha is, with derivative 1.",
            "gradient",
            (points("zero", 0.0, -0.0, 1.0, alpha=0.5), points("zero-large", 0.0, -0.0, 1.0, alpha=2.0)),
        ),
        second_gradient(
            "celu",
            drawing("both-signs", (3, 7), alpha=0.75),
            drawing("large-alpha", (3, 7), alpha=2.5),
        ),
    ),
    definition=celu,
    output_shape=same_shape,
    layer=Layer("CELU", same_options),
)

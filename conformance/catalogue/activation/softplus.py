"""softplus: a smooth approximation of the rectifier."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import (
    any_shape,
    drawing,
    drawn,
    log_of_one_plus,
    points,
    same_options,
    same_shape,
    tenths,
)
from conformance.clause import documented
from conformance.oracle import Bounded, exp, where


def softplus(input: Bounded, beta: float = 1.0, threshold: float = 20.0) -> Bounded:
    """Return log(1 + exp(beta x)) / beta, and x itself where beta x is above the threshold."""
    scaled = _exactly(input * beta)
    linear = scaled > threshold
    return where(linear, input, log_of_one_plus(exp(where(linear, 0.0, scaled))) / beta)


def _exactly(product: Bounded) -> Bounded:
    """Return a product that is not rounded where the working type has it: it decides on the side of the threshold."""
    exact = product.arithmetic.represents(product.value)
    return Bounded(product.value, np.where(exact, 0, product.error), product.arithmetic, product.parents)


CARD = OperatorCard(
    "softplus",
    documented("generated/torch.nn.Softplus.html"),
    (
        value(
            "value",
            "softplus(x) = log(1 + exp(beta * x)) / beta, element by element.",
            drawing("both-signs", (3, 7), beta=1.5),
            points("far-from-zero", -40.0, -12.0, -3.0, -0.5, 0.0, 0.5, 3.0, 9.0, beta=2.0),
            drawn=drawn(beta=tenths(0.5, 3), threshold=st.sampled_from([3.0, 20.0])),
        ),
        value(
            "defaults",
            "beta is 1 and the threshold 20 by default.",
            drawing("beta", (3, 5), threshold=15.0),
            points("threshold", 4.0, 7.5, 9.75, 10.25, 40.0, beta=2.0),
        ),
        value(
            "linear-above-threshold",
            "Where beta * x is above the threshold, softplus(x) is x itself, exactly.",
            points("above", 1.75, 2.0, 5.0, 100.0, beta=2.0, threshold=3.0),
            points("large", 25.0, 100.0, 1000.0, 1e6),
            points("fraction", 6.25, 8.0, 50.0, beta=0.5, threshold=3.0),
        ),
        value(
            "curved-up-to-threshold",
            "Where beta * x is not above the threshold, equality included, softplus(x) follows the logarithm.",
            points("below", 1.0, 1.25, 1.4375, beta=2.0, threshold=3.0),
            points("equal", 1.5, 1.0, differentiable=False, beta=2.0, threshold=3.0),
            points("fraction", 5.75, 5.0, 2.0, beta=0.5, threshold=3.0),
        ),
        any_shape("softplus", beta=0.75),
    ),
    definition=softplus,
    output_shape=same_shape,
    layer=Layer("Softplus", same_options),
    smooth=True,
)

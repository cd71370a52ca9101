"""selu: the self-normalizing exponential linear unit."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, second_gradient, value
from conformance.catalogue.activation._shared import (
    any_shape,
    drawing,
    drawn,
    in_place,
    less_one,
    points,
    same_options,
    same_shape,
)
from conformance.clause import documented
from conformance.oracle import Bounded, where

ALPHA = 1.6732632423543772848170429916717
SCALE = 1.0507009873554804934193349852946


def selu(input: Bounded, inplace: bool = False) -> Bounded:
    """Return scale x for positive x and scale alpha (exp(x) - 1) elsewhere."""
    del inplace
    return where(input > 0.0, input, less_one(input) * ALPHA) * SCALE


CARD = OperatorCard(
    "selu",
    documented("generated/torch.nn.SELU.html"),
    (
        value(
            "value",
            "selu(x) = scale * (max(0, x) + min(0, alpha * (exp(x) - 1))), element by element, with the two "
            "constants that the documentation gives to 32 digits.",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -3.0, -9.0, -40.0, -300.0, 300.0, 0.001, -0.001),
            drawn=drawn(),
        ),
        any_shape("selu"),
        in_place("selu"),
        value(
            "infinities",
            "selu takes positive infinity to itself and negative infinity to -scale * alpha.",
            points("infinities", -float("inf"), float("inf"), differentiable=False),
        ),
        second_gradient("selu", drawing("both-signs", (3, 7))),
    ),
    definition=selu,
    output_shape=same_shape,
    layer=Layer("SELU", same_options),
)

"""silu: the sigmoid linear unit, also known as swish."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import (
    any_shape,
    drawing,
    drawn,
    in_place,
    points,
    same_options,
    same_shape,
)
from conformance.clause import documented
from conformance.oracle import Bounded, sigmoid


def silu(input: Bounded, inplace: bool = False) -> Bounded:
    """Return x times the logistic sigmoid of x."""
    del inplace
    return input * sigmoid(input)


CARD = OperatorCard(
    "silu",
    documented("generated/torch.nn.SiLU.html"),
    (
        value(
            "value",
            "silu(x) is x times the logistic sigmoid of x, element by element.",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -100.0, -30.0, -4.0, -1.3, 1.3, 4.0, 30.0, 100.0),
            drawn=drawn(),
        ),
        any_shape("silu"),
        in_place("silu"),
    ),
    definition=silu,
    output_shape=same_shape,
    layer=Layer("SiLU", same_options),
    smooth=True,
)

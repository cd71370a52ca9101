"""mish: a smooth activation that is not monotonic."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import (
    any_shape,
    drawing,
    drawn,
    in_place,
    log_of_one_plus,
    points,
    same_options,
    same_shape,
)
from conformance.clause import documented
from conformance.oracle import Bounded, exp, tanh


def mish(input: Bounded, inplace: bool = False) -> Bounded:
    """Return x tanh(log(1 + exp(x))) for every element x."""
    del inplace
    return input * tanh(log_of_one_plus(exp(input)))


CARD = OperatorCard(
    "mish",
    documented("generated/torch.nn.Mish.html"),
    (
        value(
            "value",
            "mish(x) = x * tanh(softplus(x)), element by element, with softplus(x) = log(1 + exp(x)).",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -100.0, -30.0, -4.0, -1.2, 1.2, 4.0, 30.0, 100.0),
            drawn=drawn(),
        ),
        any_shape("mish"),
        in_place("mish"),
    ),
    definition=mish,
    output_shape=same_shape,
    layer=Layer("Mish", same_options),
    smooth=True,
)

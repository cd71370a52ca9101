"""hardsigmoid: the sigmoid made of three straight lines."""

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
)
from conformance.clause import documented
from conformance.oracle import Bounded, one_of, where


def hardsigmoid(input: Bounded, inplace: bool = False) -> Bounded:
    """Return x / 6 + 1 / 2 between -3 and 3, 0 below and 1 above; the derivative at both is 0."""
    del inplace
    line = one_of([input / 6.0 + 0.5, (input + 3.0) / 6.0], [input])
    return where(input >= 3.0, 1.0, where(input <= -3.0, 0.0, line))


CARD = OperatorCard(
    "hardsigmoid",
    documented("generated/torch.nn.Hardsigmoid.html"),
    (
        value(
            "value",
            "hardsigmoid(x) = x / 6 + 1 / 2 between -3 and 3, element by element.",
            points("between", -2.875, -2.0, -0.7, 0.0, 0.4, 1.3, 2.0, 2.875),
            drawing("many-magnitudes", (4, 7), "wide"),
            drawn=drawn(),
        ),
        value(
            "limits",
            "hardsigmoid(x) is 0 from -3 downwards and 1 from 3 upwards.",
            points("limits", -3.0, 3.0, differentiable=False),
            points("beyond", -1e4, -3.5, 3.5, 1e4),
        ),
        any_shape("hardsigmoid"),
        in_place("hardsigmoid"),
        at_kink(
            "gradient-at-limits",
            "The derivative of hardsigmoid at -3, where it is convex, and at 3, where it is concave, is the one of "
            "least norm, 0.",
            points("limits", -3.0, 3.0, 3.5, -3.5),
        ),
    ),
    definition=hardsigmoid,
    output_shape=same_shape,
    layer=Layer("Hardsigmoid", same_options),
)

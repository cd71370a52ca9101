"""hardswish: swish with the sigmoid made of straight lines."""

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


def hardswish(input: Bounded, inplace: bool = False) -> Bounded:
    """Return x (x + 3) / 6 between -3 and 3, 0 below and x above.

    Above 3 the bound admits x relu6(x + 3) / 6 as well: the paper that the documentation follows writes all three
    branches so.
    """
    del inplace
    line = one_of([input, (input * 6.0) / 6.0], [input])
    return where(input >= 3.0, line, where(input <= -3.0, 0.0, input * (input + 3.0) / 6.0))


CARD = OperatorCard(
    "hardswish",
    documented("generated/torch.nn.Hardswish.html"),
    (
        value(
            "value",
            "hardswish(x) = x * (x + 3) / 6 between -3 and 3, element by element.",
            points("between", -2.875, -2.0, -0.7, 0.0, 0.4, 1.3, 2.0, 2.875),
            drawing("many-magnitudes", (4, 7), "wide"),
            drawn=drawn(),
        ),
        value(
            "limits",
            "hardswish(x) is 0 from -3 downwards and x from 3 upwards.",
            points("limits", -3.0, 3.0, differentiable=False),
            points("beyond", -1e4, -3.5, 3.5, 1e4),
        ),
        any_shape("hardswish"),
        in_place("hardswish"),
        at_kink(
            "gradient-at-limits",
            "The derivative of hardswish at -3 and at 3, where it is concave, is the one of least norm: 0 and 1.",
            points("limits", -3.0, 3.0, -2.0, 1.0),
        ),
    ),
    definition=hardswish,
    output_shape=same_shape,
    layer=Layer("Hardswish", same_options),
)

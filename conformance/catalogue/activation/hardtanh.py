"""hardtanh: the identity, limited to a range."""

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


def hardtanh(input: Bounded, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Bounded:
    """Return x limited to the range from min_val to max_val; the derivative at both is 0."""
    del inplace
    return where(input >= max_val, max_val, where(input <= min_val, min_val, input))


CARD = OperatorCard(
    "hardtanh",
    documented("generated/torch.nn.Hardtanh.html"),
    (
        value(
            "value",
            "hardtanh(x) is max_val above max_val, min_val below min_val and x in between, element by element.",
            drawing("both-signs", (4, 7), min_val=-0.375, max_val=0.75),
            drawing("many-magnitudes", (2, 3, 5), "wide", min_val=-2.5, max_val=0.125),
            drawn=drawn(min_val=tenths(-3, -0.1), max_val=tenths(0, 3)),
        ),
        value(
            "range",
            "The range is -1 to 1 by default, and need not have 0 in it.",
            drawing("default", (4, 5)),
            drawing("default-maximum", (4, 5), min_val=-0.25),
            drawing("default-minimum", (4, 5), max_val=0.25),
            drawing("positive", (4, 5), min_val=0.25, max_val=1.5),
            drawing("negative", (4, 5), min_val=-1.5, max_val=-0.25),
        ),
        any_shape("hardtanh", min_val=-0.5, max_val=2.0),
        in_place("hardtanh", min_val=-0.5, max_val=2.0),
        value(
            "infinities",
            "hardtanh takes the infinities to the ends of the range.",
            points("infinities", -float("inf"), float("inf"), differentiable=False, min_val=-0.5, max_val=2.0),
        ),
        at_kink(
            "gradient-at-limits",
            "The derivative of hardtanh at min_val, where it is convex, and at max_val, where it is concave, is the "
            "one of least norm, 0.",
            points("limits", -0.5, 2.0, 1.0, 0.0, min_val=-0.5, max_val=2.0),
        ),
    ),
    definition=hardtanh,
    selects=True,
    output_shape=same_shape,
    layer=Layer("Hardtanh", same_options),
)

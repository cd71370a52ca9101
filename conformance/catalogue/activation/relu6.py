"""relu6: the rectified linear unit, limited to 6."""

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
from conformance.oracle import Bounded, where


def relu6(input: Bounded, inplace: bool = False) -> Bounded:
    """Return min(max(0, x), 6) for every element x; the derivative at 0 and at 6 is 0."""
    del inplace
    return where(input >= 6.0, 6.0, where(input <= 0.0, 0.0, input))


CARD = OperatorCard(
    "relu6",
    documented("generated/torch.nn.ReLU6.html"),
    (
        value(
            "value",
            "relu6(x) = min(max(0, x), 6), element by element.",
            points("around-the-limits", -7.0, -0.25, 0.25, 3.0, 5.75, 6.25, 60.0),
            drawing("many-magnitudes", (4, 7), "wide"),
            drawn=drawn(),
        ),
        any_shape("relu6"),
        in_place("relu6"),
        value(
            "infinities",
            "relu6 takes positive infinity to 6 and negative infinity to 0.",
            points("infinities", -float("inf"), float("inf"), differentiable=False),
        ),
        at_kink(
            "gradient-at-limits",
            "The derivative of relu6 at 0, where it is convex, and at 6, where it is concave, is the one of least "
            "norm, 0.",
            points("limits", 0.0, 6.0, 5.0, -0.0),
        ),
    ),
    definition=relu6,
    selects=True,
    output_shape=same_shape,
    layer=Layer("ReLU6", same_options),
)

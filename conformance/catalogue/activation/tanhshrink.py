"""tanhshrink: a number less its hyperbolic tangent."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import any_shape, drawing, drawn, points, same_options, same_shape
from conformance.clause import documented
from conformance.oracle import Bounded, tanh


def tanhshrink(input: Bounded) -> Bounded:
    """Return x - tanh(x) for every element x."""
    return input - tanh(input)


CARD = OperatorCard(
    "tanhshrink",
    documented("generated/torch.nn.Tanhshrink.html"),
    (
        value(
            "value",
            "tanhshrink(x) = x - tanh(x), element by element.",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -100.0, -12.0, -4.0, -1.2, 1.2, 4.0, 12.0, 100.0),
            drawn=drawn(),
        ),
        any_shape("tanhshrink"),
    ),
    definition=tanhshrink,
    output_shape=same_shape,
    layer=Layer("Tanhshrink", same_options),
    smooth=True,
)

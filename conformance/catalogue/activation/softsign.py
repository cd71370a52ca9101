"""softsign: a number over one more than its absolute value."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, Statement, value
from conformance.catalogue.activation._shared import any_shape, drawing, drawn, points, same_options, same_shape
from conformance.clause import documented
from conformance.oracle import Bounded, absolute


def softsign(input: Bounded) -> Bounded:
    """Return x / (1 + |x|) for every element x."""
    return input / (absolute(input) + 1.0)


CARD = OperatorCard(
    "softsign",
    documented("generated/torch.nn.Softsign.html"),
    (
        value(
            "value",
            "softsign(x) = x / (1 + |x|), element by element.",
            drawing("both-signs", (3, 7)),
            drawing("many-magnitudes", (2, 3, 5), "wide"),
            drawn=drawn(),
        ),
        any_shape("softsign"),
        Statement(
            "gradient-at-zero",
            "softsign is differentiable at 0, with derivative 1, though the absolute value in it is not.",
            "gradient",
            (points("zero", 0.0, -0.0, 1.0),),
        ),
    ),
    definition=softsign,
    output_shape=same_shape,
    layer=Layer("Softsign", same_options),
)

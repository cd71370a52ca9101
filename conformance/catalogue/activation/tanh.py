"""tanh: the hyperbolic tangent."""

from __future__ import annotations

from conformance import oracle
from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import any_shape, drawing, drawn, points, same_options, same_shape
from conformance.clause import documented
from conformance.oracle import Bounded


def tanh(input: Bounded) -> Bounded:
    """Return the hyperbolic tangent of every element."""
    return oracle.tanh(input)


CARD = OperatorCard(
    "tanh",
    documented("generated/torch.nn.Tanh.html"),
    (
        value(
            "value",
            "tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x)), element by element.",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -1000.0, -100.0, -12.0, -3.0, 3.0, 12.0, 100.0, 1000.0),
            drawn=drawn(),
        ),
        any_shape("tanh"),
        value(
            "infinities",
            "tanh takes the infinities to 1 and -1.",
            points("infinities", -float("inf"), float("inf"), differentiable=False),
        ),
    ),
    definition=tanh,
    output_shape=same_shape,
    layer=Layer("Tanh", same_options),
    smooth=True,
)

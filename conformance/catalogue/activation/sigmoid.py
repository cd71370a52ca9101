"""sigmoid: the logistic function."""

from __future__ import annotations

from conformance import oracle
from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import any_shape, drawing, drawn, points, same_options, same_shape
from conformance.clause import documented
from conformance.oracle import Bounded


def sigmoid(input: Bounded) -> Bounded:
    """Return 1 / (1 + exp(-x)) for every element x."""
    return oracle.sigmoid(input)


CARD = OperatorCard(
    "sigmoid",
    documented("generated/torch.nn.Sigmoid.html"),
    (
        value(
            "value",
            "sigmoid(x) = 1 / (1 + exp(-x)), element by element.",
            drawing("both-signs", (3, 7)),
            points("far-from-zero", -1000.0, -100.0, -30.0, -4.0, 4.0, 30.0, 100.0, 1000.0),
            drawn=drawn(),
        ),
        any_shape("sigmoid"),
        value(
            "infinities",
            "sigmoid takes positive infinity to 1 and negative infinity to 0.",
            points("infinities", -float("inf"), float("inf"), differentiable=False),
        ),
    ),
    definition=sigmoid,
    output_shape=same_shape,
    layer=Layer("Sigmoid", same_options),
    smooth=True,
)

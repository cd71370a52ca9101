"""hardshrink: the identity, but 0 near 0."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import any_shape, drawing, drawn, points, same_options, same_shape, tenths
from conformance.clause import documented
from conformance.oracle import Bounded, where


def hardshrink(input: Bounded, lambd: float = 0.5) -> Bounded:
    """Return x above lambd and below -lambd, and 0 in between."""
    return where((input > lambd) | (input < -lambd), input, 0.0)


CARD = OperatorCard(
    "hardshrink",
    documented("generated/torch.nn.Hardshrink.html"),
    (
        value(
            "value",
            "hardshrink(x) is x above lambd and below -lambd, and 0 in between, element by element.",
            drawing("both-signs", (4, 7), lambd=0.75),
            drawing("many-magnitudes", (2, 3, 5), "wide", lambd=1.25),
            drawn=drawn(lambd=tenths(0.1, 2)),
        ),
        value("lambd", "lambd is 0.5 by default.", points("default", -0.6, -0.4, 0.4, 0.6)),
        value(
            "limits",
            "lambd and -lambd themselves are taken to 0.",
            points("limits", -0.75, 0.75, differentiable=False, lambd=0.75),
        ),
        any_shape("hardshrink", lambd=0.25),
    ),
    definition=hardshrink,
    output_shape=same_shape,
    layer=Layer("Hardshrink", same_options),
)

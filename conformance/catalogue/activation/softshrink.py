"""softshrink: what is left of a number when it is moved towards 0."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.catalogue.activation._shared import (
    any_shape,
    at_kink,
    drawing,
    drawn,
    points,
    same_options,
    same_shape,
    tenths,
)
from conformance.clause import documented
from conformance.oracle import Bounded, where


def softshrink(input: Bounded, lambd: float = 0.5) -> Bounded:
    """Return x - lambd above lambd, x + lambd below -lambd, and 0 in between; the derivative at both is 0."""
    return where(input > lambd, input - lambd, where(input < -lambd, input + lambd, 0.0))


CARD = OperatorCard(
    "softshrink",
    documented("generated/torch.nn.Softshrink.html"),
    (
        value(
            "value",
            "softshrink(x) is x - lambd above lambd, x + lambd below -lambd and 0 in between, element by element.",
            drawing("both-signs", (4, 7), lambd=0.75),
            drawing("many-magnitudes", (2, 3, 5), "wide", lambd=1.25),
            drawn=drawn(lambd=tenths(0, 2)),
        ),
        value(
            "lambd",
            "lambd is 0.5 by default, and may be 0.",
            points("default", -0.6, -0.4, 0.4, 0.6),
            points("zero", -0.6, -0.4, 0.4, 0.6, lambd=0.0),
        ),
        any_shape("softshrink", lambd=0.25),
        refusal("negative-lambd", "A negative lambd is refused.", points("negative", -0.6, 0.4, lambd=-0.25)),
        at_kink(
            "gradient-at-limits",
            "The derivative of softshrink at lambd, where it is convex, and at -lambd, where it is concave, is the "
            "one of least norm, 0.",
            points("limits", -0.75, 0.75, 1.0, 0.0, lambd=0.75),
        ),
    ),
    definition=softshrink,
    output_shape=same_shape,
    layer=Layer("Softshrink", same_options),
)

"""threshold: the identity above a threshold, a fixed value elsewhere."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, value
from conformance.catalogue.activation._shared import (
    any_shape,
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


def threshold(input: Bounded, threshold: float, value: float, inplace: bool = False) -> Bounded:
    """Return x above the threshold, and ``value`` elsewhere."""
    del inplace
    return where(input > threshold, input, value)


CARD = OperatorCard(
    "threshold",
    documented("generated/torch.nn.Threshold.html"),
    (
        value(
            "value",
            "threshold(x) is x above the threshold and the given value elsewhere, element by element.",
            drawing("both-signs", (4, 7), threshold=0.25, value=20.0),
            drawing("negative-threshold", (2, 3, 5), "wide", threshold=-0.5, value=-3.0),
            drawn=drawn(threshold=tenths(-1, 1), value=tenths(-3, 3)),
        ),
        value(
            "at-the-threshold",
            "A number equal to the threshold is replaced.",
            points("equal", 0.25, 0.5, 0.0, differentiable=False, threshold=0.25, value=7.0),
        ),
        any_shape("threshold", threshold=-0.5, value=3.0),
        in_place("threshold", threshold=0.125, value=3.0),
    ),
    definition=threshold,
    output_shape=same_shape,
    layer=Layer("Threshold", same_options),
)

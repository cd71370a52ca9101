"""alpha_dropout: elements set to SELU's negative saturation at random, mean and variance kept."""

from __future__ import annotations

from conformance.card import OperatorCard, value
from conformance.catalogue.dropout._clauses import drawing, evaluation, in_training, layer, randomness
from conformance.catalogue.dropout._shared import elements, identity, saturating
from conformance.clause import documented

CARD = OperatorCard(
    "alpha_dropout",
    documented("generated/torch.nn.AlphaDropout.html"),
    (
        *evaluation("alpha_dropout", (3, 7)),
        value(
            "default-evaluation",
            "Unlike dropout, the function alpha_dropout is in evaluation by default.",
            drawing("default", (3, 7)),
            link=documented("generated/torch.nn.functional.alpha_dropout.html"),
        ),
        value(
            "any-shape",
            "The input may have any number of dimensions, none included, and may be empty.",
            drawing("no-dimension", (), training=False),
            in_training("empty", (0, 4), p=0.0),
        ),
        *randomness(
            (3, 7),
            (64, 64),
            "In training each element is kept or set to SELU's negative saturation, then scaled and "
            "shifted by what keeps mean 0 and variance 1.",
            "element",
            training=True,
        ),
    ),
    definition=identity,
    output_shape=lambda input, **_: input,
    layer=layer("AlphaDropout", training=False),
    choice=saturating(elements),
)

"""dropout: elements set to zero at random."""

from __future__ import annotations

from conformance.card import OperatorCard, value
from conformance.catalogue.dropout._clauses import drawing, evaluation, in_training, layer, p_one, randomness
from conformance.catalogue.dropout._shared import elements, identity_or_zeros, zeroing
from conformance.clause import documented

CARD = OperatorCard(
    "dropout",
    documented("generated/torch.nn.Dropout.html"),
    (
        *evaluation("dropout", (3, 7)),
        p_one((3, 7)),
        value(
            "any-shape",
            "The input may have any number of dimensions, none included, and may be empty.",
            drawing("no-dimension", (), training=False),
            in_training("empty", (0, 4), p=1.0),
            in_training("four-dimensions", (2, 1, 3, 2), p=1.0),
        ),
        *randomness(
            (5, 7),
            (64, 64),
            "In training each element is set to zero or multiplied by 1 / (1 - p).",
            "element",
        ),
    ),
    definition=identity_or_zeros,
    output_shape=lambda input, **_: input,
    layer=layer("Dropout"),
    choice=zeroing(elements),
)

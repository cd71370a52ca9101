"""dropout2d: whole channels of images set to zero at random."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.catalogue.dropout._clauses import evaluation, layer, p_one, randomness, together
from conformance.catalogue.dropout._shared import channels, identity_or_zeros, zeroing
from conformance.clause import documented

CARD = OperatorCard(
    "dropout2d",
    documented("generated/torch.nn.Dropout2d.html"),
    (
        *evaluation("dropout2d", (3, 4, 2, 3)),
        p_one((3, 4, 2, 3)),
        *randomness(
            (3, 4, 2, 3),
            (64, 32, 1, 2),
            "In training each channel is set to zero or multiplied by 1 / (1 - p).",
            "channel of each sample",
        ),
        together(
            "The elements of one channel of one sample are all kept or all dropped.",
            (8, 8, 3, 2),
        ),
        together(
            "An input of three dimensions is (N, C, L): the elements along the last are all kept or all dropped.",
            (8, 8, 3),
            behaviour="three-dimensions",
        ),
    ),
    definition=identity_or_zeros,
    output_shape=lambda input, **_: input,
    layer=layer("Dropout2d"),
    choice=zeroing(channels(lambda _: 2)),
)

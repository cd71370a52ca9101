"""dropout1d: whole channels of series set to zero at random."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.catalogue.dropout._clauses import evaluation, layer, p_one, randomness, together
from conformance.catalogue.dropout._shared import channels, identity_or_zeros, zeroing
from conformance.clause import documented

CARD = OperatorCard(
    "dropout1d",
    documented("generated/torch.nn.Dropout1d.html"),
    (
        *evaluation("dropout1d", (3, 4, 5)),
        p_one((3, 4, 5)),
        *randomness(
            (3, 4, 5),
            (64, 32, 2),
            "In training each channel is set to zero or multiplied by 1 / (1 - p).",
            "channel of each sample",
        ),
        together(
            "The elements of one channel of one sample are all kept or all dropped.",
            (8, 8, 3),
        ),
        together(
            "In an input without a batch, the elements of one channel are all kept or all dropped.",
            (64, 2),
            behaviour="unbatched",
        ),
    ),
    definition=identity_or_zeros,
    output_shape=lambda input, **_: input,
    layer=layer("Dropout1d"),
    choice=zeroing(channels(lambda dimensions: dimensions - 1)),
)

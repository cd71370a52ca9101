"""dropout3d: whole channels of volumes set to zero at random."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.catalogue.dropout._clauses import evaluation, layer, p_one, randomness, together
from conformance.catalogue.dropout._shared import channels, identity_or_zeros, zeroing
from conformance.clause import documented

CARD = OperatorCard(
    "dropout3d",
    documented("generated/torch.nn.Dropout3d.html"),
    (
        *evaluation("dropout3d", (2, 3, 2, 1, 3)),
        p_one((2, 3, 2, 1, 3)),
        *randomness(
            (2, 3, 2, 1, 3),
            (64, 32, 1, 2, 1),
            "In training each channel is set to zero or multiplied by 1 / (1 - p).",
            "channel of each sample",
        ),
        together(
            "The elements of one channel of one sample are all kept or all dropped.",
            (8, 8, 2, 1, 2),
        ),
        together(
            "In an input without a batch, the elements of one channel are all kept or all dropped.",
            (64, 2, 1, 2),
            behaviour="unbatched",
        ),
    ),
    definition=identity_or_zeros,
    output_shape=lambda input, **_: input,
    layer=layer("Dropout3d"),
    choice=zeroing(channels(lambda dimensions: dimensions - 3)),
)

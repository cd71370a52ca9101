"""feature_alpha_dropout: whole channels set to SELU's negative saturation at random, mean and variance kept."""

from __future__ import annotations

from conformance.card import OperatorCard
from conformance.catalogue.dropout._clauses import evaluation, layer, randomness, together
from conformance.catalogue.dropout._shared import channels, identity, saturating
from conformance.clause import documented

CARD = OperatorCard(
    "feature_alpha_dropout",
    documented("generated/torch.nn.FeatureAlphaDropout.html"),
    (
        *evaluation("feature_alpha_dropout", (2, 3, 2, 1, 3)),
        *randomness(
            (2, 3, 2, 1, 3),
            (64, 32, 1, 2, 1),
            "In training each channel of each sample is kept or set to SELU's negative saturation, then scaled and "
            "shifted by what keeps mean 0 and variance 1.",
            "channel of each sample",
            training=True,
        ),
        together(
            "The elements of one channel of one sample are all kept or all dropped.",
            (8, 8, 2, 1, 2),
        ),
        together(
            "In an input (C, D, H, W), without a batch, the elements of one channel are all kept or all dropped.",
            (64, 2, 1, 2),
            behaviour="unbatched",
        ),
    ),
    definition=identity,
    output_shape=lambda input, **_: input,
    layer=layer("FeatureAlphaDropout", training=False),
    choice=saturating(channels(lambda dimensions: dimensions - 3)),
)

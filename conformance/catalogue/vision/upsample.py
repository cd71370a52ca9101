"""upsample: images enlarged, the older name of interpolate, and the layer Upsample."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, layer, refusal, shape, value
from conformance.catalogue.vision._resizing import case, output_shape, resize
from conformance.clause import documented

upsample = resize

CARD = OperatorCard(
    "upsample",
    documented("generated/torch.nn.Upsample.html"),
    (
        value(
            "value",
            "By default upsample repeats the nearest pixel.",
            case("documented", (1, 1, 2, 2), scale_factor=2.0),
            case("either", (2, 3, 2, 3), size=(8, 6)),
        ),
        value(
            "linear",
            "Modes linear, bilinear and trilinear interpolate in one, two and three dimensions, the edges aligned.",
            case("sequence", (1, 2, 4), size=7, mode="linear"),
            case("image", (1, 2, 2, 3), scale_factor=2.0, mode="bilinear"),
            case("volume", (1, 1, 2, 3, 4), size=(3, 5, 6), mode="trilinear"),
        ),
        value(
            "align-corners",
            "With align_corners the corner pixels are aligned and keep their values.",
            case("sequence", (1, 2, 4), size=7, mode="linear", align_corners=True),
            case("documented", (1, 1, 3, 3), scale_factor=2.0, mode="bilinear", align_corners=True),
            case("volume", (1, 1, 2, 3, 4), size=(3, 5, 6), mode="trilinear", align_corners=True),
        ),
        value(
            "scale-factor",
            "scale_factor may be a tuple with a factor for each spatial dimension.",
            case("two", (1, 1, 2, 3), scale_factor=(4.0, 2.0)),
        ),
        shape(
            "output-size",
            "Each output length is floor(length x scale_factor), in every mode.",
            case("rounded-down", (1, 2, 5, 7), scale_factor=(1.5, 1.75)),
            case("bicubic", (1, 2, 5, 7), scale_factor=1.25, mode="bicubic"),
        ),
        layer(
            "layer-scale-factor-direct",
            "With recompute_scale_factor=False Upsample computes the places from scale_factor itself.",
            case("linear", (1, 2, 5), scale_factor=1.5, mode="linear", recompute_scale_factor=False),
        ),
        layer(
            "layer-recompute-scale-factor",
            "With recompute_scale_factor=True Upsample computes the places from the output lengths.",
            case("linear", (1, 2, 5), scale_factor=1.5, mode="linear", recompute_scale_factor=True),
        ),
        refusal(
            "either-size-or-factor",
            "A size and a scale_factor together are refused.",
            case("both", (1, 1, 4), size=8, scale_factor=2.0),
        ),
    ),
    definition=upsample,
    output_shape=output_shape,
    layer=Layer("Upsample", lambda case: dict(case.options)),
)

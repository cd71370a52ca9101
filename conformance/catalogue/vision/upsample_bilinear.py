"""upsample_bilinear: images enlarged linearly, their corner pixels aligned, and the layer UpsamplingBilinear2d."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, shape, value
from conformance.catalogue.vision._resizing import Factor, Size, case, output_shape, resize
from conformance.clause import documented
from conformance.oracle import Bounded


def upsample_bilinear(input: Bounded, size: Size | None = None, scale_factor: Factor | None = None) -> Bounded:
    """Return ``input`` (N, C, H, W) interpolated linearly, the centres of the corner pixels aligned."""
    return resize(input, size, scale_factor, "bilinear", align_corners=True)


CARD = OperatorCard(
    "upsample_bilinear",
    documented("generated/torch.nn.UpsamplingBilinear2d.html"),
    (
        value(
            "value",
            "upsample_bilinear is bilinear interpolation with the corner pixels aligned.",
            case("documented", (1, 1, 2, 2), scale_factor=2),
            case("batch", (2, 3, 3, 2), scale_factor=3),
        ),
        value(
            "size",
            "size is the output's height and width; one number counts for both.",
            case("two", (1, 2, 2, 3), size=(4, 7)),
            case("number", (1, 2, 2, 4), size=5),
        ),
        value("scale-factor", "scale_factor may be two numbers.", case("two", (1, 1, 2, 3), scale_factor=(4, 2))),
        shape(
            "output-size",
            "Height and width are multiplied by scale_factor.",
            case("four", (2, 3, 5, 7), scale_factor=4),
        ),
    ),
    definition=upsample_bilinear,
    output_shape=output_shape,
    layer=Layer("UpsamplingBilinear2d", lambda case: dict(case.options)),
)

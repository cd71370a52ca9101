"""upsample_nearest: images enlarged by repeating pixels, and the layer UpsamplingNearest2d."""

from __future__ import annotations

from conformance.card import Layer, OperatorCard, shape, value
from conformance.catalogue.vision._resizing import Factor, Size, case, output_shape, resize
from conformance.clause import documented
from conformance.oracle import Bounded


def upsample_nearest(input: Bounded, size: Size | None = None, scale_factor: Factor | None = None) -> Bounded:
    """Return ``input`` (N, C, H, W) resized, each pixel the nearest one."""
    return resize(input, size, scale_factor)


CARD = OperatorCard(
    "upsample_nearest",
    documented("generated/torch.nn.UpsamplingNearest2d.html"),
    (
        value(
            "value",
            "upsample_nearest repeats the nearest pixel.",
            case("documented", (1, 1, 2, 2), scale_factor=2),
            case("batch", (2, 3, 2, 3), scale_factor=4),
        ),
        value(
            "size",
            "size is the output's height and width; one number counts for both.",
            case("two", (1, 2, 2, 3), size=(4, 12)),
            case("number", (1, 2, 2, 4), size=4),
        ),
        value("scale-factor", "scale_factor may be two numbers.", case("two", (1, 1, 2, 3), scale_factor=(4, 2))),
        shape(
            "output-size",
            "Height and width are multiplied by scale_factor.",
            case("four", (2, 3, 5, 7), scale_factor=4),
        ),
    ),
    definition=upsample_nearest,
    selects=True,
    output_shape=output_shape,
    layer=Layer("UpsamplingNearest2d", lambda case: dict(case.options)),
)

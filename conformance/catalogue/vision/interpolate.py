"""interpolate: images resized."""

from __future__ import annotations

from hypothesis import strategies as st

from conformance.card import OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.vision._resizing import case, output_shape, resize
from conformance.clause import documented

_UPSAMPLE = documented("generated/torch.nn.Upsample.html")

interpolate = resize


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    lengths = tuple(draw(st.lists(st.integers(2, 6), min_size=1, max_size=2)))
    mode = ("linear", "bilinear")[len(lengths) - 1]
    options = {
        "size": tuple(draw(st.integers(2, 9)) for _ in lengths),
        "align_corners": draw(st.booleans()),
        "mode": mode,
    }
    regime = draw(st.sampled_from(["normal", "wide", "small"]))
    return case("drawn", (draw(st.integers(0, 2)), draw(st.integers(1, 2)), *lengths), regime, draw(seeds), **options)


CARD = OperatorCard(
    "interpolate",
    documented("generated/torch.nn.functional.interpolate.html"),
    (
        value(
            "value",
            "By default interpolate repeats or leaves out pixels: each output pixel is the input pixel at floor(index "
            "x input length / output length), as OpenCV's INTER_NEAREST has it.",
            case("doubled", (2, 3, 2, 3), scale_factor=2.0),
            case("halved", (1, 2, 6, 4), size=(3, 2)),
            case("seven-to-five", (1, 2, 7, 5), size=(5, 8)),
            drawn=_drawn(),
        ),
        value(
            "dimensions",
            "Inputs may have one, two or three spatial dimensions.",
            case("one", (2, 1, 3), scale_factor=2.0),
            case("three", (1, 2, 2, 1, 3), size=(4, 2, 6)),
        ),
        value(
            "nearest-exact",
            "Mode nearest-exact takes the pixel that the output pixel's centre lies in, as Scikit-Image and PIL do.",
            case("seven-to-five", (1, 2, 7), size=5, mode="nearest-exact"),
            case("by-three", (1, 1, 2, 3), scale_factor=3.0, mode="nearest-exact"),
            case("five-to-eight", (1, 1, 5, 7, 2), size=(8, 5, 4), mode="nearest-exact"),
        ),
        value(
            "linear",
            "Mode linear interpolates a sequence linearly, the edges of the two aligned; beyond the outermost centres "
            "it keeps the edge values.",
            case("longer", (1, 2, 4), size=7, mode="linear"),
            case("shorter", (1, 2, 9), size=4, mode="linear"),
            case("single", (1, 2, 1), size=3, mode="linear"),
        ),
        value(
            "bilinear",
            "Mode bilinear interpolates images linearly in both dimensions.",
            case("documented", (1, 1, 2, 2), scale_factor=2.0, mode="bilinear"),
            case("either", (2, 2, 3, 7), size=(5, 4), mode="bilinear", align_corners=False),
            case("many-magnitudes", (1, 1, 4, 3), "wide", size=(6, 7), mode="bilinear"),
        ),
        value(
            "trilinear",
            "Mode trilinear interpolates volumes linearly in all three dimensions.",
            case("three", (1, 2, 2, 3, 4), size=(3, 5, 2), mode="trilinear"),
        ),
        value(
            "align-corners",
            "With align_corners the centres of the corner pixels are aligned, and keep their values.",
            case("sequence", (1, 2, 4), size=7, mode="linear", align_corners=True),
            case("image", (1, 2, 3, 5), size=(7, 4), mode="bilinear", align_corners=True),
            case("factor", (1, 1, 2, 2), scale_factor=2.0, mode="bilinear", align_corners=True),
            case("volume", (1, 1, 2, 3, 4), size=(3, 5, 2), mode="trilinear", align_corners=True),
        ),
        value(
            "number",
            "A size or scale_factor given as one number counts for every dimension.",
            case("size", (1, 1, 2, 4), size=4),
            case("factor", (1, 1, 2, 4), scale_factor=1.5, mode="bilinear"),
        ),
        value(
            "scale-factor",
            "scale_factor may be a tuple with a factor for each spatial dimension.",
            case("two", (1, 1, 2, 3), scale_factor=(4.0, 2.0)),
            case("down", (1, 1, 8, 6), scale_factor=(0.5, 1.5), mode="bilinear"),
        ),
        value(
            "scale-factor-direct",
            "With recompute_scale_factor=False the places are computed from scale_factor itself, also where the "
            "lengths are rounded.",
            case("linear", (1, 2, 5), scale_factor=1.5, mode="linear", recompute_scale_factor=False),
            case("image", (1, 1, 5, 7), scale_factor=(2.5, 0.75), mode="bilinear", recompute_scale_factor=False),
        ),
        value(
            "recompute-scale-factor",
            "With recompute_scale_factor=True scale_factor gives the output lengths, and the places are computed from "
            "the lengths.",
            case("linear", (1, 2, 5), scale_factor=1.5, mode="linear", recompute_scale_factor=True),
            case("image", (1, 1, 5, 7), scale_factor=(2.5, 0.75), mode="bilinear", recompute_scale_factor=True),
        ),
        value("empty-batch", "A batch of no images gives no images.", case("empty", (0, 2, 3), scale_factor=2.0)),
        shape(
            "output-size",
            "The output has the given size, or floor(length x scale_factor) for each length, in every mode.",
            case("rounded-down", (1, 2, 5, 7), scale_factor=(1.5, 0.625)),
            case("sequence", (2, 1, 7), scale_factor=1.75, mode="linear"),
            case("bicubic", (1, 2, 5, 7), size=(8, 3), mode="bicubic"),
            case("area", (1, 2, 5, 7), size=(2, 9), mode="area"),
            case("antialias", (1, 2, 9, 7), size=(4, 3), mode="bilinear", antialias=True),
            case("antialias-bicubic", (1, 2, 9, 7), scale_factor=0.5, mode="bicubic", antialias=True),
        ),
        refusal(
            "either-size-or-factor",
            "A size and a scale_factor together are refused, and so is neither.",
            case("both", (1, 1, 4), size=8, scale_factor=2.0),
            case("neither", (1, 1, 4)),
            link=_UPSAMPLE,
        ),
        refusal(
            "recompute-needs-factor",
            "recompute_scale_factor=True without a scale_factor is refused.",
            case("size", (1, 1, 4), size=8, recompute_scale_factor=True),
        ),
        refusal(
            "factor-count",
            "A tuple of factors of another length than the number of spatial dimensions is refused.",
            case("too-few", (1, 1, 4, 4), scale_factor=(2.0,)),
            case("too-many", (1, 1, 4), scale_factor=(2.0, 3.0)),
        ),
        refusal(
            "mode-dimensions",
            "linear is for one spatial dimension alone, bilinear and bicubic for two, trilinear for three.",
            case("linear", (1, 1, 4, 4), size=(3, 3), mode="linear"),
            case("bilinear", (1, 1, 4), size=3, mode="bilinear"),
            case("bicubic", (1, 1, 4, 4, 4), size=(3, 3, 3), mode="bicubic"),
            case("trilinear", (1, 1, 4, 4), size=(3, 3), mode="trilinear"),
        ),
        refusal(
            "lanczos-needs-antialias",
            "Mode lanczos without antialias is refused.",
            case("plain", (1, 1, 8, 8), size=(4, 4), mode="lanczos"),
        ),
        refusal(
            "antialias-modes",
            "antialias is for bilinear, bicubic and lanczos alone.",
            case("nearest", (1, 1, 8, 8), size=(4, 4), antialias=True),
            case("trilinear", (1, 1, 8, 8, 8), size=(4, 4, 4), mode="trilinear", antialias=True),
        ),
    ),
    definition=interpolate,
    output_shape=output_shape,
)

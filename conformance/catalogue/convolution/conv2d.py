"""conv2d: the cross-correlation of images with kernels."""

from __future__ import annotations

from typing import Any, Literal

from conformance.card import Formula, Layer, OperatorCard, Statement, layer, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._initial import convolution_begins
from conformance.catalogue.convolution._images import case, drawn
from conformance.catalogue.convolution._shared import Lengths, Padding, convolution, each, output_lengths, pads
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded


def conv2d(
    input: Bounded,
    weight: Bounded,
    bias: Bounded | None = None,
    stride: Lengths = 1,
    padding: Padding = 0,
    dilation: Lengths = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Bounded:
    """Return the cross-correlation; see :func:`~conformance.catalogue.convolution._shared.convolution`."""
    return convolution(input, weight, bias, stride, padding, dilation, groups, padding_mode)


def _extra_before(input: Bounded, weight: Bounded, bias: Bounded | None = None, **options: Any) -> Bounded:
    filled = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, **options}
    return convolution(input, weight, bias, **filled, extra="before")


def _output_shape(
    input: tuple[int, ...],
    weight: tuple[int, ...],
    bias: tuple[int, ...] | None = None,
    stride: Lengths = 1,
    padding: Padding = 0,
    dilation: Lengths = 1,
    groups: int = 1,
) -> tuple[int, ...]:
    del bias, groups
    kernel, dilations = weight[2:], each(dilation, 2)
    lengths = output_lengths(input[-2:], kernel, each(stride, 2), pads(padding, kernel, dilations), dilations)
    return (*input[:-3], weight[0], *lengths)


_EVEN_SAME = (
    case("even-kernel", (2, 3, 5, 6), 4, (2, 4), padding="same"),
    case("even-kernel-dilated", (1, 2, 8, 7), 3, (4, 2), padding="same", dilation=(1, 3)),
)
_EITHER_SIDE = ("extra-after", "extra-before")


def _modes(mode: Literal["reflect", "replicate", "circular"]) -> tuple[Case, ...]:
    return (
        case("same", (1, 2, 6, 5), 3, (3, 2), padding="same", dilation=(1, 2), padding_mode=mode),
        case("uneven", (2, 2, 5, 6), 3, (3, 2), padding=(2, 1), padding_mode=mode),
        case("strided", (1, 4, 7, 6), 2, (2, 3), padding=(1, 3), stride=(2, 1), groups=2, padding_mode=mode),
    )


CARD = OperatorCard(
    "conv2d",
    documented("generated/torch.nn.Conv2d.html"),
    (
        value(
            "value",
            "Each output element is the bias plus the sum, over the input channels and the kernel, of input times "
            "weight: a cross-correlation, the kernel not flipped.",
            case("tutorial-first", (1, 1, 32, 32), 6, (3, 3)),
            case("rectangular", (2, 3, 7, 9), 4, (3, 2)),
            case("many-magnitudes", (1, 2, 6, 5), 3, (2, 3), regime="wide"),
            drawn=drawn(),
        ),
        value("no-bias", "Without a bias nothing is added.", case("no-bias", (2, 3, 6, 5), 2, (2, 3), bias=False)),
        value(
            "stride",
            "The kernel moves by stride, one number for both directions or a pair of height and width.",
            case("number", (1, 2, 8, 9), 3, (3, 3), stride=2),
            case("pair", (2, 2, 9, 8), 3, (2, 3), stride=(3, 2)),
            case("beyond-kernel", (1, 1, 11, 10), 2, (2, 2), stride=(4, 3)),
        ),
        value(
            "padding",
            "padding zeros are put on both sides, one number for both directions or a pair of height and width.",
            case("number", (1, 2, 5, 6), 3, (3, 2), padding=2),
            case("pair", (2, 2, 5, 4), 3, (3, 2), padding=(2, 1)),
            case("beyond-kernel", (1, 1, 2, 3), 2, (1, 2), padding=(1, 3)),
        ),
        value(
            "padding-valid",
            "padding='valid' is no padding.",
            case("valid", (2, 2, 6, 5), 3, (3, 2), padding="valid", stride=(2, 1)),
        ),
        value(
            "padding-same",
            "padding='same' gives an output of the input's height and width, padded alike on both sides.",
            case("odd-kernel", (2, 2, 6, 5), 3, (3, 5), padding="same"),
            case("dilated", (1, 2, 8, 6), 3, (3, 2), padding="same", dilation=(3, 2)),
        ),
        value(
            "padding-same-even",
            "Where padding='same' needs an uneven number of zeros, both sides together have them all.",
            *_EVEN_SAME,
            formulas=_EITHER_SIDE,
        ),
        value(
            "dilation",
            "The kernel's elements are dilation apart, one number for both directions or a pair of height and width.",
            case("number", (1, 2, 8, 7), 3, (3, 2), dilation=2),
            case("pair", (2, 2, 9, 8), 3, (3, 2), dilation=(2, 3)),
        ),
        value(
            "groups",
            "With groups, each group of output channels sees only its own group of input channels, in order.",
            case("two", (2, 4, 5, 6), 6, (3, 2), groups=2),
            case("three", (1, 6, 4, 5), 3, (2, 2), groups=3),
        ),
        value(
            "depthwise",
            "With as many groups as input channels, each channel is filtered by its own kernels.",
            case("one-each", (2, 3, 5, 4), 3, (2, 3), groups=3),
            case("two-each", (1, 3, 5, 6), 6, (3, 2), groups=3),
        ),
        value(
            "combined",
            "The options act together.",
            case("all", (2, 4, 11, 10), 6, (3, 2), stride=(2, 3), padding=(1, 2), dilation=(3, 2), groups=2),
            case(
                "no-bias",
                (3, 2, 9, 12),
                4,
                (2, 4),
                stride=(3, 1),
                padding=(3, 0),
                dilation=(2, 1),
                groups=2,
                bias=False,
            ),
        ),
        value(
            "unbatched",
            "An input without a batch dimension, (C, H, W), gives an output without one.",
            case("unbatched", (3, 6, 5), 4, (2, 3)),
            case("strided", (2, 7, 6), 4, (3, 2), stride=(2, 1), groups=2),
        ),
        value(
            "empty-batch", "A batch of no images gives a batch of no outputs.", case("empty", (0, 3, 6, 5), 4, (2, 3))
        ),
        value(
            "single-position",
            "A kernel of one element acts on each position, and one as large as the image gives one position.",
            case("one-by-one", (2, 5, 3, 4), 3, (1, 1)),
            case("one-by-one-strided", (1, 3, 5, 6), 2, (1, 1), stride=(2, 3), padding=(1, 0)),
            case("whole-image", (2, 2, 5, 4), 3, (5, 4)),
        ),
        shape(
            "output-size",
            "Each output length is floor((length + 2 padding - dilation (kernel - 1) - 1) / stride + 1).",
            case("tutorial-first", (1, 1, 32, 32), 6, (3, 3)),
            case("tutorial-second", (1, 6, 15, 15), 16, (3, 3)),
            case("does-not-divide", (2, 1, 10, 11), 2, (3, 4), stride=(2, 3), padding=(1, 2)),
            case("dilated", (1, 1, 13, 12), 1, (3, 2), dilation=(3, 5), stride=(2, 4)),
            case("same", (1, 1, 4, 7), 1, (4, 3), padding="same", dilation=(1, 2)),
        ),
        layer(
            "padding-mode-reflect",
            "padding_mode='reflect' pads by mirroring, the edge not repeated.",
            *_modes("reflect"),
        ),
        layer("padding-mode-replicate", "padding_mode='replicate' pads by repeating the edge.", *_modes("replicate")),
        layer("padding-mode-circular", "padding_mode='circular' pads by wrapping around.", *_modes("circular")),
        Statement(
            "gradient-same-even",
            "The gradient under an uneven padding='same' is that of the same side's formula.",
            "gradient",
            _EVEN_SAME,
            formulas=_EITHER_SIDE,
        ),
        refusal(
            "groups-divide",
            "The numbers of input and of output channels must be divisible by groups.",
            Case(
                "input-channels",
                {"input": Draw((1, 3, 5, 5)), "weight": Draw((4, 1, 2, 2)), "bias": None},
                {"groups": 2},
            ),
            Case(
                "output-channels",
                {"input": Draw((1, 4, 5, 5)), "weight": Draw((3, 2, 2, 2)), "bias": None},
                {"groups": 2},
            ),
        ),
        refusal(
            "channel-mismatch",
            "An input whose channels are not those of the weight is refused.",
            Case("one-more", {"input": Draw((1, 4, 5, 5)), "weight": Draw((2, 3, 2, 2)), "bias": None}),
        ),
        refusal(
            "same-needs-stride-one",
            "padding='same' with a stride other than 1 is refused.",
            case("strided", (1, 2, 6, 6), 3, (3, 3), padding="same", stride=2),
        ),
        refusal(
            "kernel-fits",
            "A kernel larger than the padded input is refused.",
            case("too-high", (1, 1, 3, 8), 1, (6, 2), padding=(1, 1)),
            case("dilated", (1, 1, 8, 4), 1, (2, 3), dilation=(1, 2)),
        ),
        refusal(
            "dimensions",
            "An input of neither three nor four dimensions is refused.",
            Case("two", {"input": Draw((5, 5)), "weight": Draw((2, 1, 2, 2)), "bias": None}),
            Case("five", {"input": Draw((1, 1, 1, 5, 5)), "weight": Draw((2, 1, 2, 2)), "bias": None}),
        ),
        *convolution_begins(2, transposed=False),
    ),
    definition=conv2d,
    formulas=(
        Formula("extra-after", "the odd zero of padding='same' is put below and to the right", conv2d),
        Formula("extra-before", "the odd zero of padding='same' is put above and to the left", _extra_before),
    ),
    output_shape=_output_shape,
    layer=Layer(
        "Conv2d",
        lambda case: {
            "in_channels": case.shape("input")[-3],
            "out_channels": case.shape("weight")[0],
            "kernel_size": case.shape("weight")[2:],
            "bias": case.inputs["bias"] is not None,
            **case.options,
        },
        {"weight": "weight", "bias": "bias"},
    ),
    contraction="convolution",
    smooth=True,
)

"""The cards of convolution over one and over three spatial dimensions."""

from __future__ import annotations

from typing import Any

from conformance.card import Formula, Layer, OperatorCard, Statement, layer, refusal, shape, value
from conformance.catalogue._initial import convolution_begins
from conformance.catalogue.convolution._clauses import alike, drawn, maker
from conformance.catalogue.convolution._shared import Lengths, Padding, convolution, each, output_lengths, pads
from conformance.clause import documented
from conformance.oracle import Bounded

_EITHER_SIDE = ("extra-after", "extra-before")
_make = maker(transposed=False)


def direct_card(n: int, definition: Any) -> OperatorCard:
    """Return the card of convolution over ``n`` spatial dimensions, ``definition`` being that of its file."""

    def extra_before(input: Bounded, weight: Bounded, bias: Bounded | None = None, **options: Any) -> Bounded:
        filled = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, **options}
        return convolution(input, weight, bias, **filled, extra="before")

    def output_shape(
        input: tuple[int, ...],
        weight: tuple[int, ...],
        bias: tuple[int, ...] | None = None,
        stride: Lengths = 1,
        padding: Padding = 0,
        dilation: Lengths = 1,
        groups: int = 1,
    ) -> tuple[int, ...]:
        del bias, groups
        kernel, dilations = weight[2:], each(dilation, n)
        lengths = output_lengths(input[-n:], kernel, each(stride, n), pads(padding, kernel, dilations), dilations)
        return (*input[: -n - 1], weight[0], *lengths)

    return OperatorCard(
        f"conv{n}d",
        documented(f"generated/torch.nn.Conv{n}d.html"),
        (*_own(n), *alike(n, _make), *_padded(n), *convolution_begins(n, transposed=False)),
        definition=definition,
        formulas=(
            Formula(_EITHER_SIDE[0], "the odd zero of padding='same' is put at the end", definition),
            Formula(_EITHER_SIDE[1], "the odd zero of padding='same' is put at the start", extra_before),
        ),
        output_shape=output_shape,
        layer=Layer(
            f"Conv{n}d",
            lambda case: {
                "in_channels": case.shape("input")[-n - 1],
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


def _own(n: int) -> tuple[Statement, ...]:
    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    return (
        value(
            "value",
            "Each output element is the bias plus the sum, over the input channels and the kernel, of input times "
            "weight: a cross-correlation, the kernel not flipped.",
            _make("batch", (2, 3, *last(3, 5, 6)), 4, last(2, 2, 3)),
            _make("many-magnitudes", (1, 2, *last(3, 4, 5)), 3, last(2, 2, 3), regime="wide"),
            drawn=drawn(n, _make, transposed=False),
        ),
        shape(
            "output-size",
            "Each output length is floor((length + 2 padding - dilation (kernel - 1) - 1) / stride + 1).",
            _make("does-not-divide", (2, 1, *last(5, 8, 12)), 2, last(2, 3, 4), stride=last(2, 2, 3), padding=1),
            _make("dilated", (1, 1, *last(5, 9, 10)), 1, last(2, 3, 3), dilation=last(2, 3, 4), stride=1),
        ),
        refusal(
            "kernel-fits",
            "A kernel larger than the padded input is refused.",
            _make("too-long", (1, 1, *last(4, 4, 3)), 1, last(2, 2, 6), padding=1),
        ),
        refusal(
            "same-needs-stride-one",
            "padding='same' with a stride other than 1 is refused.",
            _make("strided", (1, 2, *(4,) * n), 3, (3,) * n, padding="same", stride=2),
        ),
    )


def _padded(n: int) -> tuple[Statement, ...]:
    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    image, kernel = (1, 2, *last(3, 5, 6)), last(1, 3, 2)
    even = (_make("even-kernel", (2, 1, *last(3, 4, 5)), 2, last(3, 2, 4), padding="same", dilation=last(1, 2, 1)),)
    modes = [
        layer(
            f"padding-mode-{mode}",
            f"padding_mode='{mode}' {what}.",
            _make("padded", image, 2, kernel, padding=last(1, 3, 2), padding_mode=mode, stride=last(2, 1, 2)),
        )
        for mode, what in (
            ("reflect", "pads by mirroring, the edge not repeated"),
            ("replicate", "pads by repeating the edge"),
            ("circular", "pads by wrapping around"),
        )
    ]
    return (
        value(
            "padding",
            "padding zeros are put on both sides, one number for all directions or one for each.",
            _make("number", image, 3, kernel, padding=2),
            _make("each", (2, 1, *last(2, 3, 4)), 2, last(2, 3, 3), padding=last(0, 1, 3)),
        ),
        value("padding-valid", "padding='valid' is no padding.", _make("valid", image, 3, kernel, padding="valid")),
        value(
            "padding-same",
            "padding='same' gives an output of the input's size, padded alike on both sides.",
            _make("dilated", image, 2, last(1, 3, 3), padding="same", dilation=last(1, 1, 2)),
        ),
        value(
            "padding-same-even",
            "Where padding='same' needs an uneven number of zeros, both sides together have them all.",
            *even,
            formulas=_EITHER_SIDE,
        ),
        Statement(
            "gradient-same-even",
            "The gradient under an uneven padding='same' is that of the same side's formula.",
            "gradient",
            even,
            formulas=_EITHER_SIDE,
        ),
        *modes,
    )

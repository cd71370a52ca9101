"""Transposed convolution over any number of spatial dimensions: the definition and the card."""

from __future__ import annotations

from math import prod
from typing import Any

from conformance.card import Layer, OperatorCard, Statement, shape, value
from conformance.catalogue._initial import convolution_begins
from conformance.catalogue.convolution._clauses import alike, drawn, maker
from conformance.catalogue.convolution._shared import Lengths, each, padded, windows
from conformance.clause import documented
from conformance.oracle import Bounded, Contraction, broadcast_to, positions, reshape

_make = maker(transposed=True)


def _output_shape(
    input: tuple[int, ...],
    weight: tuple[int, ...],
    bias: tuple[int, ...] | None = None,
    stride: Lengths = 1,
    padding: Lengths = 0,
    output_padding: Lengths = 0,
    groups: int = 1,
    dilation: Lengths = 1,
) -> tuple[int, ...]:
    del bias
    kernel = weight[2:]
    n = len(kernel)
    options = (each(given, n) for given in (stride, padding, output_padding, dilation))
    lengths = tuple(
        (length - 1) * s - 2 * p + d * (k - 1) + extra + 1
        for length, k, s, p, extra, d in zip(input[-n:], kernel, *options, strict=True)
    )
    return (*input[: -n - 1], weight[1] * groups, *lengths)


def transposed_convolution(
    input: Bounded,
    weight: Bounded,
    bias: Bounded | None = None,
    stride: Lengths = 1,
    padding: Lengths = 0,
    output_padding: Lengths = 0,
    groups: int = 1,
    dilation: Lengths = 1,
) -> Bounded:
    """Return the gradient of a convolution in its input, at ``input`` for the gradient of its output, plus ``bias``.

    Shapes: input (batch, channels, *lengths) or (channels, *lengths), weight (channels, features / groups, *kernel),
    bias (features), output (batch, features, *output lengths), without the batch if the input is.
    """
    kernel = weight.shape[2:]
    n = len(kernel)
    shape = _output_shape(input.shape, weight.shape, None, stride, padding, output_padding, groups, dilation)
    batched = input if len(input.shape) == n + 2 else reshape(input, (1, *input.shape))
    batch, channels, lengths = batched.shape[0], batched.shape[1], batched.shape[2:]
    whole = (batch, *shape[-n - 1 :])
    source = padded(positions(whole), [(p, p) for p in each(padding, n)])
    seen = windows(source, kernel, each(stride, n), each(dilation, n))
    seen = seen[(slice(None), slice(None), *(slice(0, length) for length in lengths))]
    features = weight.shape[1]
    grouped = (groups, channels // groups, features, prod(kernel))
    given = (batch, groups, channels // groups, prod(lengths))
    form = Contraction(
        ("ngcok", "gfck", "ngfo"),
        "convolution",
        (whole, grouped, given),
        seen.reshape(batch, groups, features, prod(lengths), prod(kernel)),
    )
    addend = None if bias is None else broadcast_to(reshape(bias, (1, features * groups, *(1,) * n)), whole)
    return reshape(form.derive(0, (reshape(weight, grouped), reshape(batched, given)), addend), shape)


def _own(n: int) -> tuple[Statement, ...]:
    def last(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    image, kernel = (1, 2, *last(2, 4, 3)), last(2, 3, 3)
    return (
        value(
            "value",
            "It is the gradient of a convolution with respect to its input: each input element adds the kernel, times "
            "itself, at its place of the output, on top of the bias.",
            _make("batch", (2, 3, *last(2, 4, 3)), 4, last(2, 2, 3)),
            _make("many-magnitudes", image, 3, last(2, 2, 3), regime="wide"),
            drawn=drawn(n, _make, transposed=True),
        ),
        value(
            "padding",
            "Padding the input with dilation (kernel - 1) - padding zeros, padding takes that much off both sides.",
            _make("number", image, 3, kernel, padding=1),
            _make("each", (2, 1, *last(3, 4, 5)), 2, kernel, padding=last(0, 1, 2), stride=last(1, 2, 2)),
        ),
        value(
            "output-padding",
            "output_padding makes the output longer at one side, where the convolution has its elements.",
            _make("number", image, 2, kernel, stride=3, output_padding=1, padding=1),
            _make("each", (2, 1, *last(2, 3, 4)), 2, kernel, stride=last(2, 2, 3), output_padding=last(0, 1, 2)),
            _make("dilated", image, 2, kernel, dilation=3, output_padding=2),
        ),
        shape(
            "output-size",
            "Each output length is (length - 1) stride - 2 padding + dilation (kernel - 1) + output padding + 1.",
            _make("strided", image, 2, kernel, stride=last(2, 3, 4), padding=1, output_padding=last(1, 2, 3)),
            _make("dilated", image, 2, kernel, dilation=last(2, 3, 4), padding=last(1, 2, 3)),
        ),
    )


def transposed_card(n: int, definition: Any) -> OperatorCard:
    """Return the card of transposed convolution over ``n`` spatial dimensions."""
    return OperatorCard(
        f"conv_transpose{n}d",
        documented(f"generated/torch.nn.ConvTranspose{n}d.html"),
        (*_own(n), *alike(n, _make), *convolution_begins(n, transposed=True)),
        definition=definition,
        output_shape=_output_shape,
        layer=Layer(
            f"ConvTranspose{n}d",
            lambda case: {
                "in_channels": case.shape("weight")[0],
                "out_channels": case.shape("weight")[1] * case.options.get("groups", 1),
                "kernel_size": case.shape("weight")[2:],
                "bias": case.inputs["bias"] is not None,
                **case.options,
            },
            {"weight": "weight", "bias": "bias"},
        ),
        contraction="convolution",
        smooth=True,
    )

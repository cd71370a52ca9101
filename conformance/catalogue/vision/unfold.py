"""unfold: the sliding blocks of images as columns."""

from __future__ import annotations

from math import prod
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.vision._shared import blocks, lengths_of, number_of_blocks
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, gather


def unfold(
    input: Bounded, kernel_size: Lengths, dilation: Lengths = 1, padding: Lengths = 0, stride: Lengths = 1
) -> Bounded:
    """Return each block of ``input`` (N, C, H, W) as a column: (N, C prod(kernel), number of blocks)."""
    return gather(input, blocks(input.shape, kernel_size, dilation, padding, stride))


def _output_shape(
    input: tuple[int, ...], kernel_size: Lengths, dilation: Lengths = 1, padding: Lengths = 0, stride: Lengths = 1
) -> tuple[int, ...]:
    batch, channels, *lengths = input
    kernel, *others = (lengths_of(given, 2) for given in (kernel_size, dilation, padding, stride))
    return (batch, channels * prod(kernel), number_of_blocks(lengths, kernel, *others))


def _case(name: str, image: tuple[int, ...], kernel_size: Lengths, seed: int = 0, **options: Any) -> Case:
    given = {"kernel_size": kernel_size, **options}
    return Case(name, {"input": Draw(image)}, given, seed)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    two = st.tuples(st.integers(1, 3), st.integers(1, 3))
    kernel, dilation, stride = draw(two), draw(two), draw(two)
    lengths = [d * (k - 1) + 1 + draw(st.integers(0, 3)) for k, d in zip(kernel, dilation, strict=True)]
    padding = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    image = (draw(st.integers(0, 2)), draw(st.integers(1, 2)), *lengths)
    return _case("drawn", image, kernel, draw(seeds), dilation=dilation, padding=padding, stride=stride)


CARD = OperatorCard(
    "unfold",
    documented("generated/torch.nn.Unfold.html"),
    (
        value(
            "value",
            "unfold makes a column of each block: its channels one after the other, the places in each row by row; the "
            "blocks stand in the order of their places in the image, row by row.",
            _case("blocks", (2, 3, 3, 4), (2, 3)),
            _case("one-block", (1, 2, 2, 3), (2, 3)),
            drawn=_drawn(),
        ),
        value(
            "dilation",
            "dilation is the distance between the elements of a block.",
            _case("number", (1, 2, 5, 6), 2, dilation=3),
            _case("pair", (1, 2, 7, 6), (3, 2), dilation=(2, 3)),
        ),
        value(
            "padding",
            "padding puts that many zeros on both sides of each dimension.",
            _case("number", (1, 2, 3, 4), (2, 3), padding=1),
            _case("pair", (1, 2, 3, 4), (2, 3), padding=(2, 1)),
        ),
        value(
            "stride",
            "stride is the distance between blocks.",
            _case("number", (1, 2, 6, 7), (2, 3), stride=2),
            _case("pair", (1, 2, 6, 7), (2, 3), stride=(3, 2)),
        ),
        value(
            "number",
            "An option given as a number counts for both dimensions.",
            _case("all-numbers", (1, 1, 6, 8), 2, dilation=2, padding=1, stride=3),
        ),
        value(
            "single-tuple",
            "An option given as a tuple of one number counts for both dimensions.",
            _case("tuples-of-one", (1, 1, 6, 8), (2,), dilation=(2,), padding=(1,), stride=(3,)),
        ),
        value("empty-batch", "A batch of no images gives no columns.", _case("empty", (0, 2, 3, 4), 2)),
        shape(
            "output-size",
            "There are C prod(kernel_size) rows and, for L, the product of floor((length + 2 padding - dilation "
            "(kernel_size - 1) - 1) / stride + 1) columns.",
            _case("documented", (2, 5, 3, 4), (2, 3)),
            _case("all-options", (1, 2, 8, 9), (2, 3), dilation=(3, 2), padding=(1, 2), stride=(2, 3)),
        ),
    ),
    definition=unfold,
    selects=True,
    output_shape=_output_shape,
    layer=Layer("Unfold", lambda case: dict(case.options)),
)

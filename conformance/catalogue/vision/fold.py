"""fold: columns summed into images, where the blocks that they stand for lie."""

from __future__ import annotations

from math import prod
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.convolution._shared import Lengths
from conformance.catalogue.vision._shared import blocks, lengths_of, number_of_blocks
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, reshape, scatter


def fold(
    input: Bounded,
    output_size: Lengths,
    kernel_size: Lengths,
    dilation: Lengths = 1,
    padding: Lengths = 0,
    stride: Lengths = 1,
) -> Bounded:
    """Return the images of ``output_size`` to whose every element the blocks that lie over it contribute.

    Shapes: input (N, C prod(kernel), number of blocks), output (N, C, *output_size); both without N too.
    """
    size = lengths_of(output_size, 2)
    batched = input if len(input.shape) == 3 else reshape(input, (1, *input.shape))
    channels = batched.shape[1] // prod(lengths_of(kernel_size, 2))
    image = (batched.shape[0], channels, *size)
    whole = scatter(batched, blocks(image, kernel_size, dilation, padding, stride), image)
    return whole if batched is input else reshape(whole, image[1:])


def _output_shape(input: tuple[int, ...], output_size: Lengths, kernel_size: Lengths, **_: Any) -> tuple[int, ...]:
    return (*input[:-2], input[-2] // prod(lengths_of(kernel_size, 2)), *lengths_of(output_size, 2))


def _case(
    name: str,
    leading: tuple[int, ...],
    output_size: Lengths,
    kernel_size: Lengths,
    regime: str = "normal",
    seed: int = 0,
    **options: Any,
) -> Case:
    """Return a case of columns for images with the given leading lengths, the number of channels last."""
    size, kernel = lengths_of(output_size, 2), lengths_of(kernel_size, 2)
    usual = {"dilation": 1, "padding": 0, "stride": 1, **options}
    number = number_of_blocks(size, kernel, *(lengths_of(usual[name], 2) for name in ("dilation", "padding", "stride")))
    columns = (*leading[:-1], leading[-1] * prod(kernel), number)
    given = {"output_size": output_size, "kernel_size": kernel_size, **options}
    return Case(name, {"input": Draw(columns, regime)}, given, seed)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    two = st.tuples(st.integers(1, 3), st.integers(1, 3))
    kernel, dilation, stride = draw(two), draw(two), draw(two)
    lengths = tuple(d * (k - 1) + 1 + draw(st.integers(0, 3)) for k, d in zip(kernel, dilation, strict=True))
    options = {"dilation": dilation, "padding": draw(st.tuples(st.integers(0, 2), st.integers(0, 2))), "stride": stride}
    leading = draw(st.sampled_from([(2, 1), (1, 2), (2,)]))
    return _case("drawn", leading, lengths, kernel, draw(st.sampled_from(["normal", "wide"])), draw(seeds), **options)


CARD = OperatorCard(
    "fold",
    documented("generated/torch.nn.Fold.html"),
    (
        value(
            "value",
            "Each element of the image is the sum of what all blocks that lie over it have there.",
            _case("overlapping", (2, 3), (4, 5), (2, 3)),
            _case("many-magnitudes", (1, 2), (5, 4), (3, 2), "wide"),
            drawn=_drawn(),
        ),
        value(
            "dilation",
            "dilation is the distance between the elements of a block.",
            _case("number", (1, 2), (5, 6), 2, dilation=3),
            _case("pair", (1, 2), (7, 6), (3, 2), dilation=(2, 3)),
        ),
        value(
            "padding",
            "What falls into the padding on both sides is dropped.",
            _case("number", (1, 2), (3, 4), (2, 3), padding=1),
            _case("pair", (1, 2), (3, 4), (2, 3), padding=(2, 1)),
        ),
        value(
            "stride",
            "stride is the distance between blocks; where no block lies the image is 0.",
            _case("number", (1, 2), (6, 7), (2, 3), stride=2),
            _case("pair", (1, 2), (7, 8), (2, 1), stride=(3, 2)),
        ),
        value(
            "number",
            "An option given as a number counts for both dimensions.",
            _case("all-numbers", (1, 1), 7, 2, dilation=2, padding=1, stride=3),
        ),
        value(
            "single-tuple",
            "An option given as a tuple of one number counts for both dimensions.",
            _case("tuples-of-one", (1, 1), (7,), (2,), dilation=(2,), padding=(1,), stride=(3,)),
        ),
        value("unbatched", "Columns without a batch give one image.", _case("image", (2,), (4, 5), (2, 3))),
        shape(
            "output-size",
            "The image has output_size, and the number of rows over prod(kernel_size) as channels.",
            _case("documented", (1, 3), (4, 5), (2, 2)),
            _case("ambiguous", (1, 3), (6, 7), (2, 3), stride=2),
            _case("unbatched", (3,), (4, 5), (2, 2)),
        ),
        refusal(
            "number-of-blocks",
            "Another number of columns than there are blocks is refused.",
            Case("too-few", {"input": Draw((1, 4, 11))}, {"output_size": (4, 5), "kernel_size": 2}),
            Case("too-many", {"input": Draw((1, 4, 13))}, {"output_size": (4, 5), "kernel_size": 2}),
        ),
        refusal(
            "rows-divide",
            "A number of rows that prod(kernel_size) does not divide is refused.",
            Case("five", {"input": Draw((1, 5, 12))}, {"output_size": (4, 5), "kernel_size": 2}),
        ),
    ),
    definition=fold,
    output_shape=_output_shape,
    layer=Layer("Fold", lambda case: dict(case.options)),
)

"""glu: one half of an array, gated by the sigmoid of the other."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.catalogue.activation._shared import drawing, same_options
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, sigmoid, split


def glu(input: Bounded, dim: int = -1) -> Bounded:
    """Return a sigmoid(b), a and b being the first and the second half of ``input`` along ``dim``."""
    half = input.shape[dim] // 2
    first, second = split(input, [half, half], dim)
    return first * sigmoid(second)


def _output_shape(input: tuple[int, ...], dim: int = -1) -> tuple[int, ...]:
    place = dim % len(input)
    return (*input[:place], input[place] // 2, *input[place + 1 :])


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    lengths = draw(shapes(1, 3))
    dim = draw(st.integers(-len(lengths), len(lengths) - 1))
    place = dim % len(lengths)
    even = (*lengths[:place], 2 * max(lengths[place], 1), *lengths[place + 1 :])
    return Case("drawn", {"input": Draw(even, draw(regimes))}, {"dim": dim}, draw(seeds))


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    return drawing(name, lengths, **options)


CARD = OperatorCard(
    "glu",
    documented("generated/torch.nn.GLU.html"),
    (
        value(
            "value",
            "glu multiplies the first half of the input by the sigmoid of the second half.",
            _case("vector", (8,)),
            drawing("many-magnitudes", (3, 6), "wide", dim=1),
            drawn=_drawn(),
        ),
        value(
            "dim",
            "dim is the dimension that is halved, the last one by default; negative ones count from the end.",
            _case("default", (4, 2, 6)),
            _case("first", (4, 2, 6), dim=0),
            _case("negative", (4, 2, 6), dim=-2),
        ),
        value("empty-batch", "A batch of nothing gives a batch of nothing.", _case("empty", (0, 4), dim=-1)),
        shape(
            "output-size",
            "The output has half the length along dim, and the other lengths of the input.",
            _case("last", (3, 4, 10)),
            _case("middle", (3, 4, 10), dim=1),
        ),
        refusal("odd-length", "A dimension of odd length cannot be halved and is refused.", _case("odd", (4, 5))),
        refusal("dimension-range", "A dim that the input does not have is refused.", _case("out", (4, 6), dim=2)),
    ),
    definition=glu,
    output_shape=_output_shape,
    layer=Layer("GLU", same_options),
    smooth=True,
)

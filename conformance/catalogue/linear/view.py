"""view: the same elements in another shape."""

from __future__ import annotations

from math import prod
from typing import Any

from conformance.card import OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, reshape


def view(input: Bounded, shape: tuple[int, ...]) -> Bounded:
    """Return ``input`` in ``shape``, row-major order kept; one length may be -1."""
    return reshape(input, _output_shape(input.shape, shape))


def _output_shape(input: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    given = prod(length for length in shape if length != -1)
    return tuple(prod(input) // given if length == -1 else length for length in shape)


def _case(name: str, lengths: tuple[int, ...], shape: tuple[int, ...], **options: Any) -> Case:
    return Case(name, {"input": Draw(lengths)}, {"shape": shape, **options})


CARD = OperatorCard(
    "view",
    documented("generated/torch.Tensor.view.html"),
    (
        value(
            "value",
            "view keeps the elements and their row-major order and changes the shape.",
            _case("split-and-merge", (4, 6), (2, 3, 4)),
            _case("to-one-dimension", (2, 3, 5), (30,)),
        ),
        value(
            "inferred-length",
            "A length of -1 is inferred from the others.",
            _case("first", (2, 3, 4), (-1, 12)),
            _case("last", (2, 16, 3, 2), (2, -1)),
            _case("only", (2, 3), (-1,)),
        ),
        shape(
            "output-size",
            "The output has the shape asked for.",
            _case("tutorial", (1, 16, 6, 6), (-1, 576)),
            _case("singletons", (6,), (1, 6, 1)),
        ),
        refusal(
            "size-mismatch",
            "A shape with another number of elements is refused.",
            _case("too-few", (2, 3), (5,)),
            _case("does-not-divide", (2, 3), (-1, 4)),
        ),
    ),
    definition=view,
    selects=True,
    output_shape=_output_shape,
)

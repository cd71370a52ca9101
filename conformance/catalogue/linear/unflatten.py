"""unflatten: one dimension made several."""

from __future__ import annotations

from math import prod
from typing import Any

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, reshape


def unflatten(input: Bounded, dim: int, sizes: tuple[int, ...]) -> Bounded:
    """Return ``input`` with the dimension ``dim`` split into ``sizes``, row-major; one of them may be -1."""
    return reshape(input, _output_shape(input.shape, dim, sizes))


def _output_shape(input: tuple[int, ...], dim: int, sizes: tuple[int, ...]) -> tuple[int, ...]:
    axis = dim % len(input)
    known = prod(size for size in sizes if size != -1)
    split = tuple(input[axis] // known if size == -1 else size for size in sizes)
    return (*input[:axis], *split, *input[axis + 1 :])


def _case(name: str, lengths: tuple[int, ...], dim: int, sizes: tuple[int, ...], **options: Any) -> Case:
    return Case(name, {"input": Draw(lengths)}, {"dim": dim, "sizes": sizes, **options})


CARD = OperatorCard(
    "unflatten",
    documented("generated/torch.unflatten.html"),
    (
        value(
            "value",
            "unflatten makes several dimensions of one, the last of them running fastest: the inverse of flatten.",
            _case("middle", (3, 12, 2), 1, (2, 3, 2)),
            _case("last", (2, 6), 1, (3, 2)),
            _case("first", (6, 2), 0, (2, 3)),
        ),
        value(
            "inferred-length",
            "A size of -1 is inferred from the others.",
            _case("first", (2, 12), 1, (-1, 4)),
            _case("last", (2, 12, 3), 1, (3, -1)),
            _case("middle", (12, 2), 0, (2, -1, 3)),
        ),
        value(
            "negative-dim",
            "A negative dim counts from the end.",
            _case("second-last", (5, 12, 3), -2, (2, 2, 3, 1, 1)),
            _case("last", (2, 6), -1, (2, 3)),
        ),
        value("empty-batch", "A batch of nothing stays a batch of nothing.", _case("empty", (0, 6), 1, (2, 3))),
        shape(
            "output-size",
            "The sizes stand in the place of the dimension.",
            _case("ones", (3, 4, 2), 1, (1, 2, 2, 1)),
            _case("one-size", (3, 4), 0, (3,)),
        ),
        refusal(
            "size-mismatch",
            "Sizes whose product is not the dimension's length are refused.",
            _case("too-few", (2, 6), 1, (2, 2)),
            _case("does-not-divide", (2, 6), 1, (-1, 4)),
        ),
        refusal("dimension-range", "A dim that the input does not have is refused.", _case("third", (2, 6), 2, (2, 3))),
    ),
    definition=unflatten,
    selects=True,
    output_shape=_output_shape,
    layer=Layer(
        "Unflatten", lambda case: {"dim": case.options["dim"], "unflattened_size": tuple(case.options["sizes"])}
    ),
)

"""Adaptive pooling over any number of spatial dimensions: where the windows lie, and the clauses that all share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import prod
from typing import Any, Literal

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from conformance.card import Definition, Formula, Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import positions
from conformance.oracle.movement import OUTSIDE, Positions

Sizes = int | tuple[int | None, ...] | None
Rule = Literal["outward", "disjoint", "uniform"]
"""How windows lie where the sizes do not divide, which is documented nowhere."""

_RULES: dict[Rule, str] = {
    "outward": "windows go from floor(i length / size) to ceil((i + 1) length / size), and may overlap",
    "disjoint": "windows go from floor(i length / size) to floor((i + 1) length / size)",
    "uniform": "windows are floor(length / size) apart and all of the size that reaches the end",
}


def sizes_of(output_size: Sizes, lengths: Sequence[int]) -> tuple[int, ...]:
    """Return the output's lengths: a number counts for every direction, and None keeps the input's."""
    entries = output_size if isinstance(output_size, tuple) else (output_size,) * len(lengths)
    return tuple(length if size is None else size for size, length in zip(entries, lengths, strict=True))


def _bounds(length: int, size: int, rule: Rule) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where each window along one dimension begins and ends."""
    window = np.arange(size)
    if rule == "uniform":
        return window * (length // size), window * (length // size) + length - (size - 1) * (length // size)
    end = (window + 1) * length
    return window * length // size, -(-end // size) if rule == "outward" else end // size


def adaptive_positions(
    shape: Sequence[int], output_size: Sizes, dimensions: int, rule: Rule
) -> tuple[Positions, NDArray[Any]]:
    """Return where the elements of each window are, OUTSIDE in the place of missing ones, and how many each has.

    Shapes: the array (*leading, *lengths), the positions (*leading, *sizes, most elements of a window), the numbers
    (*sizes).
    """
    n = dimensions
    leading, lengths = shape[:-n], shape[-n:]
    sizes = sizes_of(output_size, lengths)
    seen, numbers = positions((*leading, *lengths)), np.ones((), dtype=np.int64)
    widest = []
    for axis, (length, size) in enumerate(zip(lengths, sizes, strict=True)):
        first, end = _bounds(length, size, rule)
        most = int((end - first).max())
        widest.append(most)
        place = first[:, None] + np.arange(most)
        # windows take the place of the axis, and their elements the last axis
        seen = np.take(np.moveaxis(seen, len(leading) + axis, -1), np.minimum(place, length - 1), axis=-1)
        seen = np.where(place < end[:, None], seen, OUTSIDE)
        seen = np.moveaxis(seen, -2, len(leading) + axis)
        numbers = np.multiply.outer(numbers, end - first)
    return seen.reshape(*leading, *sizes, prod(widest)), numbers


def case(name: str, image: tuple[int, ...], output_size: Sizes, regime: str = "normal", **options: Any) -> Case:
    """Return a case of drawn data."""
    return Case(name, {"input": Draw(image, regime)}, {"output_size": output_size, **options})


@st.composite
def _drawn(draw: st.DrawFn, n: int) -> Case:
    sizes = tuple(draw(st.integers(1, 3)) for _ in range(n))
    lengths = tuple(size * draw(st.integers(1, 3)) for size in sizes)
    leading = draw(st.sampled_from([(2,), (1, 1), (2, 3)]))
    options = {"output_size": sizes if n > 1 else sizes[0]}
    return Case("drawn", {"input": Draw((*leading, *lengths), draw(regimes))}, options, draw(seeds))


def adaptive_card(
    kind: Literal["avg", "max"],
    n: int,
    definition: Definition,
    further: tuple[Statement, ...] = (),
    formulas: tuple[Formula, ...] = (),
) -> OperatorCard:
    """Return the card of adaptive pooling over ``n`` dimensions, with what only one kind has."""
    what = {"avg": "the average", "max": "the largest element"}[kind]

    def last(*sizes: int | None) -> Any:
        return sizes[-n:] if n > 1 else sizes[-1]

    def image(*lengths: int) -> tuple[int, ...]:
        return lengths[-n:]

    def output_shape(input: Sequence[int], output_size: Sizes, return_indices: bool = False) -> tuple[int, ...]:
        del return_indices
        return (*input[:-n], *sizes_of(output_size, input[-n:]))

    many = case("many-elements", (1, 1, *{1: (1800,), 2: (50, 36), 3: (10, 12, 15)}[n]), last(1, 1, 1), "positive")
    uneven = (
        case("mixed", (2, 2, *image(5, 7, 8)), last(2, 3, 5)),
        case("nearly-all", (1, 2, *image(4, 5, 7)), last(3, 4, 6)),
    )
    several = (
        value(
            "number",
            "An output size given as one number counts for every direction.",
            case("two", (1, 2, *image(4, 6, 8)), 2),
        ),
        value(
            "none",
            "A None in the output size keeps that length of the input.",
            case("first", (1, 2, *image(2, 3, 6)), last(2, None, 3)),
            case("last", (2, 1, *image(4, 6, 5)), last(2, 3, None)),
            *((case("two-of-three", (1, 2, 6, 3, 2), (3, None, None)),) if n == 3 else ()),
        ),
    )
    name = f"Adaptive{kind.capitalize()}Pool{n}d"
    return OperatorCard(
        f"adaptive_{kind}_pool{n}d",
        documented(f"generated/torch.nn.{name}.html"),
        (
            value(
                "value",
                f"Each output element is {what} of its part of the input, parts of one size where the sizes divide.",
                case("parts", (2, 3, *image(4, 9, 8)), last(2, 3, 4)),
                case("whole", (1, 2, *image(2, 4, 5)), last(1, 1, 1)),
                case("every-element", (1, 2, *image(2, 3, 4)), last(2, 3, 4)),
                *((replace(many, only_halves=True),) if kind == "avg" else ()),
                drawn=_drawn(n),
            ),
            *(several if n > 1 else ()),
            value(
                "uneven",
                f"Where the sizes do not divide, each output element is {what} of one of as many windows as there are "
                "output elements, spread over the whole input.",
                *uneven,
                formulas=tuple(_RULES),
            ),
            Statement(
                "gradient-uneven",
                "Where the sizes do not divide, the gradient is that of the same windows.",
                "gradient",
                uneven,
                formulas=tuple(_RULES),
            ),
            value(
                "unbatched",
                "An input without a batch dimension gives an output without one.",
                case("unbatched", (3, *image(4, 6, 9)), last(2, 2, 3)),
            ),
            *further,
            shape(
                "output-size",
                "The output has the size that is asked for, for any input size.",
                case("divides", (2, 1, *image(4, 6, 8)), last(2, 3, 4)),
                case("does-not-divide", (2, 3, *image(5, 8, 7)), last(3, 5, 4)),
                case("larger", (1, 2, *image(2, 3, 4)), last(3, 5, 7)),
            ),
            refusal(
                "dimensions",
                f"An input of neither {n + 1} nor {n + 2} dimensions is refused.",
                case("too-many", (1, 1, 1, *(4,) * n), last(2, 2, 2)),
                *((case("too-few", (4,) * n, last(2, 2, 2)),) if n > 1 else ()),
            ),
        ),
        definition=definition,
        selects=kind == "max",
        formulas=(
            *(Formula(rule, meaning, partial(definition, rule=rule)) for rule, meaning in _RULES.items()),
            *formulas,
        ),
        output_shape=output_shape,
        layer=Layer(name, lambda asked: dict(asked.options)),
    )

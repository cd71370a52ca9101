"""What the cards of softmax and its kin have in common: slices of one dimension, and the cases that tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from conformance import oracle
from conformance.card import Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.catalogue.activation._shared import drawing, same_options, same_shape
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded

_LARGE = [[1000.0, 1001.0, 999.5, 1000.25], [-1000.0, -1001.5, -999.0, -1000.5]]


def softmax_along(x: Bounded, dim: int) -> Bounded:
    """Return exp(x) over its sums along ``dim``, shifted by the maximum, with any of the usual derivatives."""
    if x.size == 0:
        return x
    return oracle.one_of([oracle.softmax(x, dim), oracle.softmax(x, dim, backward="expanded")], [x])


@st.composite
def slices(draw: st.DrawFn) -> Case:
    """Return cases with any of their dimensions as ``dim``, counted from either end."""
    lengths = tuple(max(length, 1) for length in draw(shapes(1, 3)))
    dim = draw(st.integers(-len(lengths), len(lengths) - 1))
    return Case("drawn", {"input": Draw(lengths, draw(regimes))}, {"dim": dim}, draw(seeds))


def card(
    name: str, class_name: str, definition: Callable[..., Bounded], sentence: str, stable: str, *others: Statement
) -> OperatorCard:
    """Return the card of an operator that goes over the slices of one dimension.

    Args:
        name: The operator's name.
        class_name: The class's name in ``torch.nn``.
        definition: The documented formula.
        sentence: What it computes of a slice.
        stable: What holds of numbers whose exponentials overflow.
        others: The statements that it alone makes.
    """
    return OperatorCard(
        name,
        documented(f"generated/torch.nn.{class_name}.html"),
        (
            value(
                "value",
                sentence,
                drawing("matrix", (3, 5), dim=1),
                drawing("many-magnitudes", (4, 6), "wide", dim=1),
                replace(drawing("many-elements", (1, 2048), "modest", dim=1), only_halves=True),
                drawn=slices(),
            ),
            value(
                "dim",
                f"{name} goes over each slice along dim by itself; negative dimensions count from the end.",
                drawing("vector", (7,), dim=0),
                drawing("first", (3, 4, 5), dim=0),
                drawing("middle", (3, 4, 5), dim=1),
                drawing("negative", (3, 4, 5), dim=-2),
                drawing("of-one", (3, 1), dim=1),
            ),
            value("large-numbers", stable, Case("large", {"input": Values(_LARGE)}, {"dim": 1})),
            value("empty-batch", "A batch of nothing gives a batch of nothing.", drawing("empty", (0, 4), dim=1)),
            shape(
                "output-size",
                "The output has the shape of the input.",
                drawing("first", (2, 3, 4), dim=0),
                drawing("last", (2, 3, 4), dim=-1),
            ),
            refusal("dimension-range", "A dim that the input does not have is refused.", _beyond(2), _beyond(-3)),
            *others,
        ),
        definition=definition,
        output_shape=same_shape,
        layer=Layer(class_name, same_options),
        smooth=True,
    )


def _beyond(dim: int) -> Case:
    options: dict[str, Any] = {"dim": dim}
    return drawing("after-the-last" if dim > 0 else "before-the-first", (3, 4), **options)

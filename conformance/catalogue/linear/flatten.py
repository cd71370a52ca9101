"""flatten: several dimensions made one."""

from __future__ import annotations

from math import prod
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, reshape


def flatten(input: Bounded, start_dim: int = 0, end_dim: int = -1) -> Bounded:
    """Return ``input`` with the dimensions from ``start_dim`` to ``end_dim``, both included, made one."""
    return reshape(input, _output_shape(input.shape, start_dim, end_dim))


def _output_shape(input: tuple[int, ...], start_dim: int = 0, end_dim: int = -1) -> tuple[int, ...]:
    if not input:
        return (1,)
    start, end = start_dim % len(input), end_dim % len(input)
    return (*input[:start], prod(input[start : end + 1]), *input[end + 1 :])


def _layer_options(case: Case) -> dict[str, Any]:
    """Return the layer's options: it starts at dimension 1 by default, where the function starts at 0."""
    options = {"start_dim": 0, "end_dim": -1, **case.options}
    return {name: options[name] for name, usual in (("start_dim", 1), ("end_dim", -1)) if options[name] != usual}


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    return Case(name, {"input": Draw(lengths)}, options)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    lengths = tuple(draw(st.lists(st.integers(0, 4), min_size=1, max_size=5)))
    start = draw(st.integers(0, len(lengths) - 1))
    end = draw(st.integers(start, len(lengths) - 1)) - draw(st.sampled_from([0, len(lengths)]))
    return Case("drawn", {"input": Draw(lengths)}, {"start_dim": start, "end_dim": end}, draw(seeds))


CARD = OperatorCard(
    "flatten",
    documented("generated/torch.flatten.html"),
    (
        value(
            "value",
            "flatten makes one dimension of all of them, the last running fastest.",
            _case("three-dimensions", (2, 3, 4)),
            drawn=_drawn(),
        ),
        value(
            "dimensions",
            "Only the dimensions from start_dim to end_dim, both included, are made one; negative ones count from the "
            "end.",
            _case("keep-the-batch", (2, 3, 4, 5), start_dim=1),
            _case("middle", (2, 3, 4, 5), start_dim=1, end_dim=2),
            _case("negative", (2, 3, 4, 5), start_dim=-3, end_dim=-2),
            _case("one-dimension", (2, 3, 4), start_dim=1, end_dim=1),
        ),
        value("scalar", "A tensor without dimensions becomes one of a single element.", _case("no-dimension", ())),
        value(
            "empty-batch", "A batch of nothing flattens to a batch of nothing.", _case("empty", (0, 3, 2), start_dim=1)
        ),
        shape(
            "output-size",
            "The merged dimension has the product of the lengths that it is made of.",
            _case("tutorial", (1, 16, 6, 6), start_dim=1),
            _case("all", (3, 5, 2)),
        ),
        refusal(
            "dimension-order",
            "A start_dim after end_dim is refused.",
            _case("reversed", (2, 3, 4), start_dim=2, end_dim=1),
        ),
        refusal(
            "dimension-range",
            "A dimension that the input does not have is refused.",
            _case("too-large", (2, 3), start_dim=0, end_dim=2),
        ),
    ),
    definition=flatten,
    selects=True,
    output_shape=_output_shape,
    layer=Layer("Flatten", _layer_options),
)

"""pdist: the distance of each pair of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import OperatorCard, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.distance._shared import norm
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, rearrange


def pdist(input: Bounded, p: float = 2.0) -> Bounded:
    """Return the p-norm of the difference of each pair of the rows i < j of ``input`` (N, M), row by row."""
    first, second = np.triu_indices(input.shape[0], 1)
    return norm(rearrange(input, lambda x: x[first]) - rearrange(input, lambda x: x[second]), p)


def _output_shape(input: tuple[int, ...], p: float = 2.0) -> tuple[int, ...]:
    del p
    return (input[0] * (input[0] - 1) // 2,)


def _case(name: str, lengths: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any) -> Case:
    return Case(name, {"input": Draw(lengths, regime)}, options, seed)


_drawn = st.builds(
    lambda rows, length, regime, seed, p: _case("drawn", (rows, length), regime, seed, p=p),
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from(["normal", "wide", "small"]),
    seeds,
    st.sampled_from([1.0, 2.0, 3.0, 1.5, float("inf")]),
)

CARD = OperatorCard(
    "pdist",
    documented("generated/torch.nn.functional.pdist.html"),
    (
        value(
            "value",
            "By default pdist is the Euclidean distance of each pair of different rows, as the upper triangle of the "
            "matrix of all distances has them, row after row.",
            _case("four-rows", (4, 3)),
            _case("many-magnitudes", (3, 6), "wide"),
            drawn=_drawn,
        ),
        value(
            "p",
            "p is the degree of the norm.",
            _case("one", (4, 3), p=1.0),
            _case("three", (4, 3), p=3.0),
            _case("fraction", (3, 4), p=0.5),
        ),
        value(
            "p-infinity",
            "For p = infinity the distance is the largest absolute difference.",
            _case("largest", (4, 5), p=float("inf")),
        ),
        value(
            "p-zero",
            "For p = 0 the distance is the number of elements that differ.",
            Case(
                "some-equal",
                {"input": Values([[1.0, 2.0, 3.0, 4.0], [1.0, 0.0, 3.0, -4.0], [1.0, 2.0, 5.0, 4.0]])},
                {"p": 0.0},
                differentiable=False,
            ),
        ),
        value("one-row", "A single row has no distances.", _case("alone", (1, 4))),
        shape(
            "output-size",
            "N rows give N (N - 1) / 2 distances.",
            _case("five", (5, 2)),
            _case("two", (2, 3)),
        ),
    ),
    definition=pdist,
    output_shape=_output_shape,
)

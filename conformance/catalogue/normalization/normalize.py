"""normalize: vectors divided by their norms."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import OperatorCard, value
from conformance.case import Case
from conformance.catalogue._norms import norm
from conformance.catalogue._strategies import seeds
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, larger


def normalize(input: Bounded, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Bounded:
    """Return each vector along ``dim`` over the larger of its p-norm and eps. The shape stays."""
    axis = dim % len(input.shape)
    return input / larger(norm(input, p, axis), eps)


def _case(name: str, shape: tuple[int, ...], seed: int = 0, **options: Any) -> Case:
    return Case(name, {"input": Draw(shape)}, options, seed)


_drawn = st.builds(
    lambda shape, p, dim, seed: _case("drawn", shape, seed, p=p, dim=dim % len(shape)),
    st.lists(st.integers(1, 5), min_size=1, max_size=3).map(tuple),
    st.sampled_from([1.0, 2.0, 3.0, float("inf")]),
    st.integers(0, 2),
    seeds,
)

CARD = OperatorCard(
    "normalize",
    documented("generated/torch.nn.functional.normalize.html"),
    (
        value(
            "value",
            "By default each vector along dimension 1 is divided by its Euclidean norm.",
            _case("matrix", (3, 5)),
            _case("three-dimensions", (2, 3, 4)),
            drawn=_drawn,
        ),
        value(
            "p",
            "p is the exponent of the norm; infinity takes the largest absolute element.",
            _case("one", (3, 4), p=1.0),
            _case("three", (3, 4), p=3.0),
            _case("infinity", (3, 4), p=float("inf")),
        ),
        value(
            "dim",
            "dim is the dimension that the vectors lie along.",
            _case("first", (3, 4), dim=0),
            _case("last", (2, 3, 4), dim=-1),
        ),
        value(
            "eps",
            "A norm below eps is replaced by eps.",
            Case(
                "short-vectors",
                {"input": Values([[0.25, -0.25, 0.5], [0.0, 0.0, 0.0], [3.0, 4.0, -1.0]])},
                {"eps": 1.0},
                differentiable=False,
            ),
        ),
    ),
    definition=normalize,
    smooth=True,
)

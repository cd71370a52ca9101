"""pairwise_distance: the norm of the difference of two vectors."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, second_gradient, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.distance._shared import norm
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded


def pairwise_distance(x1: Bounded, x2: Bounded, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> Bounded:
    """Return ||x1 - x2 + eps|| in the norm of degree ``p``.

    Shapes: x1 and x2 (N, D) or (D), output (N) or (); (N, 1) or (1) with ``keepdim``.
    """
    return norm(x1 - x2 + eps, p, keepdims=keepdim)


def _output_shape(
    x1: tuple[int, ...], x2: tuple[int, ...], p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> tuple[int, ...]:
    del x2, p, eps
    return (*x1[:-1], 1) if keepdim else x1[:-1]


def _case(name: str, lengths: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any) -> Case:
    return Case(name, {"x1": Draw(lengths, regime), "x2": Draw(lengths, regime)}, options, seed)


_drawn = st.builds(
    lambda batch, length, regime, seed, options: _case("drawn", (*batch, length), regime, seed, **options),
    st.sampled_from([(), (1,), (3,), (0,)]),
    st.integers(1, 6),
    st.sampled_from(["normal", "wide", "small"]),
    seeds,
    st.fixed_dictionaries(
        {
            "p": st.sampled_from([1.0, 2.0, 3.0, 1.5]),
            "eps": st.sampled_from([1e-6, 0.25]),
            "keepdim": st.booleans(),
        }
    ),
)

CARD = OperatorCard(
    "pairwise_distance",
    documented("generated/torch.nn.PairwiseDistance.html"),
    (
        value(
            "value",
            "By default each distance is the Euclidean norm of x1 - x2 + 1e-6 along the last dimension.",
            _case("batch", (4, 5)),
            _case("near", (3, 4), "small"),
            _case("many-magnitudes", (3, 6), "wide"),
            drawn=_drawn,
        ),
        value(
            "p",
            "p is the degree of the norm.",
            _case("one", (3, 4), p=1.0),
            _case("three", (3, 4), p=3.0),
            _case("fraction", (3, 4), p=1.5),
        ),
        value(
            "negative-p",
            "p may be negative.",
            _case("minus-one", (3, 4), p=-1.0),
            _case("minus-two", (2, 3), p=-2.0),
        ),
        value(
            "eps",
            "eps is added to each element of the difference, its sign kept, before the norm.",
            _case("large", (3, 4), eps=0.75),
            _case("negative-differences", (2, 3), p=1.0, eps=0.5),
            Case(
                "equal-vectors",
                {"x1": Values([[1.0, 2.0, 3.0]]), "x2": Values([[1.0, 2.0, 3.0]])},
                {"p": 3.0, "eps": 0.5},
            ),
        ),
        value("keepdim", "keepdim keeps the vector dimension, of length one.", _case("kept", (3, 4), keepdim=True)),
        value("unbatched", "Two vectors give one distance.", _case("vectors", (4,)), _case("kept", (4,), keepdim=True)),
        value("empty-batch", "A batch of no vectors gives no distances.", _case("empty", (0, 3))),
        shape(
            "output-size",
            "The output has the inputs' shape without the last dimension, or with one of length one for keepdim.",
            _case("dropped", (3, 4)),
            _case("kept", (3, 4), keepdim=True),
            _case("single", (1, 4)),
        ),
        second_gradient(
            "pairwise_distance",
            _case("euclidean", (3, 4)),
            _case("cubic", (3, 4), p=3.0),
            _case("kept", (2, 3), eps=0.5, keepdim=True),
        ),
    ),
    definition=pairwise_distance,
    output_shape=_output_shape,
    layer=Layer("PairwiseDistance", lambda case: dict(case.options)),
)

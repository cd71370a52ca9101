"""cosine_similarity: the cosine of the angle between vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Formula, Layer, OperatorCard, Statement, layer, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.distance._shared import norm
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, broadcast_to, larger, total

_LAYER = documented("generated/torch.nn.CosineSimilarity.html")


def cosine_similarity(x1: Bounded, x2: Bounded, dim: int = 1, eps: float = 1e-8) -> Bounded:
    """Return x1 . x2 / (max(||x1||, eps) max(||x2||, eps)) along ``dim`` of their common shape, which is dropped."""
    x, y, axis = _common(x1, x2, dim)
    sizes = [larger(norm(one, 2, axis, keepdims=True), eps) for one in (x, y)]
    return total((x / sizes[0]) * (y / sizes[1]), (axis,))


def _of_product(x1: Bounded, x2: Bounded, dim: int = 1, eps: float = 1e-8) -> Bounded:
    """Return x1 . x2 / max(||x1|| ||x2||, eps) along ``dim`` of their common shape, which is dropped."""
    x, y, axis = _common(x1, x2, dim)
    return total(x * y, (axis,)) / larger(norm(x, 2, axis) * norm(y, 2, axis), eps)


def _common(x1: Bounded, x2: Bounded, dim: int) -> tuple[Bounded, Bounded, int]:
    common = np.broadcast_shapes(x1.shape, x2.shape)
    return broadcast_to(x1, common), broadcast_to(x2, common), dim % len(common)


def _output_shape(x1: tuple[int, ...], x2: tuple[int, ...], dim: int = 1, eps: float = 1e-8) -> tuple[int, ...]:
    del eps
    common = np.broadcast_shapes(x1, x2)
    axis = dim % len(common)
    return (*common[:axis], *common[axis + 1 :])


def _case(
    name: str, first: tuple[int, ...], second: tuple[int, ...] | None = None, seed: int = 0, **options: Any
) -> Case:
    return Case(name, {"x1": Draw(first), "x2": Draw(first if second is None else second)}, options, seed)


_SHORT = {
    "x1": Values([[0.25, 0.5, -0.125], [3.0, 4.0, -1.0], [0.25, -0.25, 0.5], [3.0, -2.0, 5.0]]),
    "x2": Values([[0.5, 0.25, 0.25], [0.125, 0.25, 0.5], [2.0, 3.0, 5.0], [1.0, 4.0, -3.0]]),
}
"""Pairs of which both, the second, the first and none are shorter than 1."""

_drawn = st.builds(
    lambda shape, dim, seed, eps: _case("drawn", shape, seed=seed, dim=dim % len(shape), eps=eps),
    st.lists(st.integers(1, 5), min_size=1, max_size=3).map(tuple),
    st.integers(0, 2),
    seeds,
    st.sampled_from([1e-8, 1e-6]),
)

CARD = OperatorCard(
    "cosine_similarity",
    documented("generated/torch.nn.functional.cosine_similarity.html"),
    (
        value(
            "value",
            "By default cosine_similarity is the product of vectors along dimension 1 over that of their norms.",
            _case("matrix", (4, 5)),
            _case("three-dimensions", (2, 3, 4)),
            Case("many-magnitudes", {"x1": Draw((3, 6), "wide"), "x2": Draw((3, 6), "wide")}),
            drawn=_drawn,
        ),
        value(
            "dim",
            "dim is the dimension that the vectors lie along, and is dropped.",
            _case("first", (3, 4), dim=0),
            _case("last", (2, 3, 4), dim=-1),
            _case("vectors", (5,), dim=0),
        ),
        value(
            "broadcasts",
            "The inputs are broadcast to a common shape, and dim counts in that.",
            _case("row", (3, 4), (1, 4)),
            _case("more-dimensions", (4,), (2, 3, 4), dim=2),
            _case("both", (3, 1, 4), (2, 4), dim=-1),
        ),
        value(
            "eps",
            "A norm below eps is replaced by eps, for each of the two by itself.",
            Case("short-vectors", _SHORT, {"eps": 1.0}),
            formulas=("each",),
        ),
        value(
            "zero-vector",
            "The similarity with a vector of zeros is 0.",
            Case(
                "zeros",
                {"x1": Values([[0.0, 0.0], [1.0, 2.0]]), "x2": Values([[3.0, 4.0], [0.0, 0.0]])},
                differentiable=False,
            ),
        ),
        Statement(
            "gradient-eps",
            "Where a norm is replaced by eps it is a constant, and the derivative is that of the rest.",
            "gradient",
            (Case("short-vectors", _SHORT, {"eps": 1.0}),),
        ),
        layer(
            "layer-eps",
            "CosineSimilarity divides by no less than eps: by each norm or eps, as the function does, or by the "
            "product of the norms or eps, as the layer's own page says.",
            Case("short-vectors", _SHORT, {"eps": 1.0}, differentiable=False),
            link=_LAYER,
            formulas=("each", "product"),
        ),
        shape(
            "output-size",
            "The output has the common shape without dim.",
            _case("middle", (2, 3, 4)),
            _case("broadcast", (3, 1, 4), (2, 4), dim=0),
        ),
    ),
    definition=cosine_similarity,
    formulas=(
        Formula("each", "each norm is replaced by eps where it is smaller", cosine_similarity),
        Formula("product", "the product of the norms is replaced by eps where it is smaller", _of_product),
    ),
    output_shape=_output_shape,
    layer=Layer("CosineSimilarity", lambda case: dict(case.options)),
    smooth=True,
)

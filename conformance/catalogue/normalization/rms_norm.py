"""rms_norm: division by the root mean square over the last dimensions."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._initial import ones_and_zeros
from conformance.catalogue._strategies import seeds
from conformance.catalogue.normalization._shared import NEAR_EPS, affine
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, mean, one_of, rsqrt, sqrt


def rms_norm(
    input: Bounded,
    weight: Bounded | None = None,
    normalized_shape: tuple[int, ...] = (),
    eps: float | None = None,
) -> Bounded:
    """Return the input over the root of eps plus its mean square, times the weight.

    Shapes: input (*, *normalized_shape), weight normalized_shape. Without an eps it is the spacing of 1 in the
    input's type, in float32 for the half types.
    """
    dimensions = len(input.shape)
    axes = tuple(range(dimensions - len(normalized_shape), dimensions))
    added = min(2 * input.arithmetic.roundoff, float(np.finfo(np.float32).eps)) if eps is None else eps
    squares = mean(input.square(), axes, keepdims=True) + added
    return affine(one_of([input / sqrt(squares), input * rsqrt(squares)], [input]), weight, None, normalized_shape)


def _case(
    name: str, shape: tuple[int, ...], own: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any
) -> Case:
    weight = Draw(own) if options.pop("weight", True) else None
    return Case(name, {"input": Draw(shape, regime), "weight": weight}, {"normalized_shape": own, **options}, seed)


_drawn = st.builds(
    lambda leading, own, weight, eps, seed: _case(
        "drawn", (*leading, *own), own, seed=seed, weight=weight, **({} if eps is None else {"eps": eps})
    ),
    st.lists(st.integers(0, 4), max_size=2).map(tuple),
    st.lists(st.integers(2, 6), min_size=1, max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from([None, 0.05, 0.5]),
    seeds,
)

CARD = OperatorCard(
    "rms_norm",
    documented("generated/torch.nn.RMSNorm.html"),
    (
        value(
            "value",
            "Each slice of the last dimensions is divided by the root of its mean square plus eps, then scaled element "
            "by element; no mean is taken off.",
            _case("one-dimension", (3, 7), (7,)),
            _case("two-dimensions", (2, 3, 4), (3, 4)),
            _case("offset", (3, 5), (5,), "offset"),
            drawn=_drawn,
        ),
        value(
            "eps",
            "eps is added to the mean square, inside of the root.",
            _case("large-eps", (4, 6), (6,), eps=NEAR_EPS),
            _case("small-data", (4, 6), (6,), "small", eps=1e-6),
        ),
        value(
            "eps-default",
            "Without an eps it is the machine epsilon of the type that is computed in.",
            _case("tiny-data", (4, 6), (6,), "small"),
        ),
        value("no-weight", "Without a weight nothing is scaled.", _case("none", (3, 5), (5,), weight=False)),
        value("empty-batch", "A batch of nothing gives a batch of nothing.", _case("empty", (0, 5), (5,))),
        refusal(
            "shape-mismatch",
            "An input whose last dimensions are not normalized_shape is refused.",
            Case("shorter", {"input": Draw((3, 4)), "weight": None}, {"normalized_shape": (5,)}),
        ),
        ones_and_zeros("RMSNorm", {"normalized_shape": (3, 4)}, (3, 4), bias=False),
    ),
    definition=rms_norm,
    keywords=("weight",),
    layer=Layer(
        "RMSNorm",
        lambda case: {**case.options, "elementwise_affine": case.inputs["weight"] is not None},
        {"weight": "weight"},
    ),
    smooth=True,
)

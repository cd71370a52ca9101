"""layer_norm: standardizing over the last dimensions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._initial import ones_and_zeros
from conformance.catalogue._strategies import seeds
from conformance.catalogue.normalization._shared import NEAR_EPS, normalized, with_affine
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded


def layer_norm(
    input: Bounded,
    weight: Bounded | None = None,
    bias: Bounded | None = None,
    normalized_shape: tuple[int, ...] = (),
    eps: float = 1e-5,
) -> Bounded:
    """Return the input standardized over its last dimensions, times the weight, plus the bias.

    Shapes: input (*, *normalized_shape), weight and bias normalized_shape.
    """
    dimensions = len(input.shape)
    axes = range(dimensions - len(normalized_shape), dimensions)
    return normalized(input, tuple(axes), eps, weight, bias, normalized_shape)


def _case(
    name: str, shape: tuple[int, ...], own: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any
) -> Case:
    parts = {part: options.pop(part, True) for part in ("weight", "bias")}
    inputs = with_affine(shape, own, regime, **parts)
    return Case(name, inputs, {"normalized_shape": own, **options}, seed)


_drawn = st.builds(
    lambda leading, own, weight, bias, eps, seed: _case(
        "drawn", (*leading, *own), own, seed=seed, weight=weight, bias=bias and weight, eps=eps
    ),
    st.lists(st.integers(0, 4), max_size=2).map(tuple),
    st.lists(st.integers(2, 6), min_size=1, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.sampled_from([1e-5, 0.05, 0.5]),
    seeds,
)

CARD = OperatorCard(
    "layer_norm",
    documented("generated/torch.nn.LayerNorm.html"),
    (
        value(
            "value",
            "Each slice of the last dimensions is standardized by its mean and biased variance, then scaled and "
            "shifted element by element.",
            _case("one-dimension", (3, 7), (7,)),
            _case("two-dimensions", (2, 3, 4, 5), (4, 5)),
            replace(_case("many-elements", (1, 2048), (2048,), "positive"), only_halves=True),
            drawn=_drawn,
        ),
        value(
            "normalized-shape",
            "The statistics are taken over as many of the last dimensions as normalized_shape has.",
            _case("all-but-the-batch", (2, 3, 4), (3, 4)),
            _case("everything", (3, 4), (3, 4)),
        ),
        value(
            "eps",
            "eps is added to the variance, inside of the root.",
            _case("small-data", (4, 6), (6,), "small", eps=1e-6),
            _case("large-eps", (4, 6), (6,), eps=NEAR_EPS),
        ),
        value(
            "far-from-zero",
            "The variance does not drown in a large mean.",
            _case("offset", (4, 9), (9,), "offset"),
        ),
        value(
            "affine-parts",
            "Without a weight nothing is scaled, and without a bias nothing is shifted.",
            _case("no-bias", (3, 5), (5,), bias=False),
            _case("neither", (3, 5), (5,), weight=False, bias=False),
        ),
        value("empty-batch", "A batch of nothing gives a batch of nothing.", _case("empty", (0, 5), (5,))),
        refusal(
            "shape-mismatch",
            "An input whose last dimensions are not normalized_shape is refused.",
            Case("shorter", {"input": Draw((3, 4)), "weight": None, "bias": None}, {"normalized_shape": (5,)}),
        ),
        ones_and_zeros("LayerNorm", {"normalized_shape": (3, 4)}, (3, 4)),
    ),
    definition=layer_norm,
    keywords=("weight", "bias"),
    layer=Layer(
        "LayerNorm",
        lambda case: {
            **case.options,
            "elementwise_affine": case.inputs["weight"] is not None,
            "bias": case.inputs["bias"] is not None,
        },
        {"weight": "weight", "bias": "bias"},
    ),
    smooth=True,
)

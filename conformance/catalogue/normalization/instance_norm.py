"""instance_norm: standardizing each channel of each sample."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._initial import ones_and_zeros
from conformance.catalogue._strategies import seeds
from conformance.catalogue.normalization._shared import (
    NEAR_EPS,
    channel_shape,
    normalized,
    with_affine,
)
from conformance.clause import documented
from conformance.oracle import Bounded, broadcast_to, reshape


def instance_norm(
    input: Bounded, weight: Bounded | None = None, bias: Bounded | None = None, eps: float = 1e-5
) -> Bounded:
    """Return each channel of each sample standardized over its positions, then scaled and shifted.

    Weight and bias may be repeated for each sample, as arrays of their own.

    Shapes: input (N, C, *), weight and bias (C).
    """
    dimensions = len(input.shape)
    axes = tuple(range(2, dimensions))
    own = channel_shape(dimensions, input.shape[1])
    repeated = (input.shape[0], *own[1:])

    def each(part: Bounded | None) -> Bounded | None:
        return None if part is None else broadcast_to(reshape(part, own), repeated)

    return normalized(input, axes, eps, each(weight), each(bias), repeated)


def _case(name: str, shape: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any) -> Case:
    parts = {part: options.pop(part, True) for part in ("weight", "bias")}
    return Case(name, with_affine(shape, shape[1:2], regime, **parts), options, seed)


def _options(case: Case) -> dict[str, Any]:
    affine = case.inputs["weight"] is not None
    return {**case.options, "num_features": case.shape("input")[1], "affine": affine}


def _layer(name: str, dimensions: int) -> Layer:
    """Return one of the three classes, which differ in the number of dimensions that they take."""
    return Layer(
        name,
        _options,
        {"weight": "weight", "bias": "bias"},
        covers=lambda case: len(case.shape("input")) == dimensions,
    )


_drawn = st.builds(
    lambda batch, channels, rest, eps, seed: _case("drawn", (batch, channels, *rest), seed=seed, eps=eps),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(st.integers(2, 4), min_size=1, max_size=3).map(tuple),
    st.sampled_from([1e-5, 0.05, 0.5]),
    seeds,
)

CARD = OperatorCard(
    "instance_norm",
    documented("generated/torch.nn.InstanceNorm2d.html"),
    (
        value(
            "value",
            "Each channel of each sample is standardized by its own mean and biased variance, then scaled and shifted.",
            _case("images", (2, 3, 4, 2)),
            _case("one-sample", (1, 2, 3, 3)),
            drawn=_drawn,
        ),
        value(
            "eps",
            "eps is added to the variance, inside of the root.",
            _case("large", (2, 2, 3, 2), eps=NEAR_EPS),
            _case("small-data", (2, 2, 3, 2), "small", eps=1e-6),
        ),
        value(
            "affine-parts",
            "By default nothing is scaled or shifted.",
            _case("neither", (2, 3, 2, 2), weight=False, bias=False),
        ),
        value(
            "dimensions",
            "The input may be (N, C, L) or (N, C, D, H, W) as well.",
            _case("series", (2, 3, 5)),
            _case("volumes", (2, 2, 2, 3, 2)),
            link=documented("generated/torch.nn.InstanceNorm1d.html"),
        ),
        ones_and_zeros("InstanceNorm2d", {"num_features": 5, "affine": True}, (5,)),
    ),
    definition=instance_norm,
    keywords=("weight", "bias"),
    layer=_layer("InstanceNorm2d", 4),
    further_layers=(_layer("InstanceNorm1d", 3), _layer("InstanceNorm3d", 5)),
    smooth=True,
)

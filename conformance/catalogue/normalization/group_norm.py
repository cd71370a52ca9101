"""group_norm: standardizing over groups of channels."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._initial import ones_and_zeros
from conformance.catalogue._strategies import seeds
from conformance.catalogue.normalization._shared import (
    NEAR_EPS,
    normalized,
    with_affine,
)
from conformance.clause import documented
from conformance.oracle import Bounded, reshape


def group_norm(
    input: Bounded,
    weight: Bounded | None = None,
    bias: Bounded | None = None,
    num_groups: int = 1,
    eps: float = 1e-5,
) -> Bounded:
    """Return the input standardized over each group of channels of each sample, scaled and shifted by channel.

    Shapes: input (N, C, *), weight and bias (C).
    """
    batch, channels, *rest = input.shape
    grouped = reshape(input, (batch, num_groups, channels // num_groups, *rest))
    axes = tuple(range(2, len(grouped.shape)))
    shape = (1, num_groups, channels // num_groups, *(1 for _ in rest))
    return reshape(normalized(grouped, axes, eps, weight, bias, shape), input.shape)


def _case(
    name: str, shape: tuple[int, ...], num_groups: int, regime: str = "normal", seed: int = 0, **options: Any
) -> Case:
    parts = {part: options.pop(part, True) for part in ("weight", "bias")}
    return Case(name, with_affine(shape, shape[1:2], regime, **parts), {"num_groups": num_groups, **options}, seed)


_drawn = st.builds(
    lambda batch, groups, each, rest, eps, seed: _case(
        "drawn", (batch, groups * each, *rest), groups, seed=seed, eps=eps
    ),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(st.integers(2, 4), min_size=1, max_size=2).map(tuple),
    st.sampled_from([1e-5, 0.05, 0.5]),
    seeds,
)

CARD = OperatorCard(
    "group_norm",
    documented("generated/torch.nn.GroupNorm.html"),
    (
        value(
            "value",
            "Each group of channels of each sample is standardized by its mean and biased variance, then scaled and "
            "shifted channel by channel.",
            _case("images", (2, 6, 3, 4), 3),
            _case("series", (3, 4, 5), 2),
            drawn=_drawn,
        ),
        value(
            "numbers-of-groups",
            "One group takes all channels together, and as many groups as channels take each by itself.",
            _case("one", (2, 4, 5), 1),
            _case("as-many", (2, 3, 5), 3),
        ),
        value("no-positions", "The input may be of two dimensions.", _case("features", (3, 6), 2)),
        value(
            "eps",
            "eps is added to the variance, inside of the root.",
            _case("small-data", (2, 4, 5), 2, "small", eps=1e-6),
            _case("large-eps", (2, 4, 5), 2, eps=NEAR_EPS),
        ),
        value("far-from-zero", "The variance does not drown in a large mean.", _case("offset", (2, 4, 5), 2, "offset")),
        value(
            "affine-parts",
            "Without a weight nothing is scaled, and without a bias nothing is shifted.",
            _case("no-bias", (2, 4, 3), 2, bias=False),
            _case("neither", (2, 4, 3), 2, weight=False, bias=False),
        ),
        refusal(
            "groups-divide",
            "The number of channels must be divisible by the number of groups.",
            _case("five-by-two", (2, 5, 3), 2),
        ),
        ones_and_zeros("GroupNorm", {"num_groups": 2, "num_channels": 6}, (6,)),
    ),
    definition=group_norm,
    keywords=("weight", "bias"),
    layer=Layer(
        "GroupNorm",
        lambda case: {
            **case.options,
            "num_channels": case.shape("input")[1],
            "affine": case.inputs["weight"] is not None,
            "bias": case.inputs["bias"] is not None,
        },
        {"weight": "weight", "bias": "bias"},
    ),
    smooth=True,
)

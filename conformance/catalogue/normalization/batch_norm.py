"""batch_norm: standardizing each channel over a batch, or by running statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, Statement, layer, refusal, value
from conformance.case import Case
from conformance.catalogue._initial import ones_and_zeros
from conformance.catalogue._strategies import seeds
from conformance.catalogue.normalization._shared import (
    NEAR_EPS,
    affine,
    channel_shape,
    standardized,
)
from conformance.clause import documented
from conformance.data import Draw, Recipe
from conformance.oracle import Bounded, broadcast_to, mean, one_of, reshape, sqrt, variance


def batch_norm(
    input: Bounded,
    running_mean: Bounded | None = None,
    running_var: Bounded | None = None,
    weight: Bounded | None = None,
    bias: Bounded | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
    track_running_stats: bool = True,
) -> Bounded:
    """Return each channel standardized, by its own statistics or by running ones, then scaled and shifted.

    Shapes: input (N, C, *), the others (C). It may be computed as (x - m) / s or as a x + b. A layer that tracks no
    running statistics has none.
    """
    del momentum, track_running_stats
    shape = channel_shape(len(input.shape), input.shape[1])
    axes = (0, *range(2, len(input.shape)))
    if training or running_mean is None or running_var is None:
        centre, spread = mean(input, axes, keepdims=True), sqrt(variance(input, axes, keepdims=True) + eps)
        standard = standardized(input, axes, eps)
    else:
        centre = reshape(running_mean, shape)
        spread = sqrt(reshape(running_var, shape) + eps)
        standard = (input - centre) / spread
    factor = 1.0 / spread if weight is None else reshape(weight, shape) / spread
    shift = -(centre * factor) if bias is None else reshape(bias, shape) - centre * factor
    scaled = input * broadcast_to(factor, input.shape) + broadcast_to(shift, input.shape)
    variables = [one for one in (input, running_mean, running_var, weight, bias) if one is not None]
    return one_of([affine(standard, weight, bias, shape), scaled], variables)


def running(
    calls: Sequence[Bounded],
    state: Mapping[str, Bounded],
    momentum: float | None = 0.1,
    **_: Any,
) -> dict[str, Bounded]:
    """Return the running statistics after training on each of ``calls``: the variance that enters is unbiased."""
    found = {name: state[name] for name in ("running_mean", "running_var")}
    for number, x in enumerate(calls, 1):
        axes = (0, *range(2, len(x.shape)))
        share = 1.0 / number if momentum is None else momentum
        seen = {"running_mean": mean(x, axes), "running_var": variance(x, axes, correction=1)}
        found = {name: old * (1.0 - share) + seen[name] * share for name, old in found.items()}
    return found


def unchanged(calls: Sequence[Bounded], state: Mapping[str, Bounded], **_: Any) -> dict[str, Bounded]:
    """Return the running statistics after evaluation of ``calls``."""
    del calls
    return {name: state[name] for name in ("running_mean", "running_var")}


def _case(name: str, shape: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any) -> Case:
    """Return a case; ``tracked``, ``weight`` and ``bias`` say which arrays there are."""
    parts = {part: options.pop(part, True) for part in ("tracked", "weight", "bias")}
    channel = shape[1:2]
    inputs: dict[str, Recipe | None] = {
        "input": Draw(shape, regime),
        "running_mean": Draw(channel, regime) if parts["tracked"] else None,
        "running_var": Draw(channel, "positive") if parts["tracked"] else None,
        "weight": Draw(channel) if parts["weight"] else None,
        "bias": Draw(channel) if parts["bias"] else None,
    }
    return Case(name, inputs, options, seed)


def _training(name: str, shape: tuple[int, ...], regime: str = "normal", seed: int = 0, **options: Any) -> Case:
    return _case(name, shape, regime, seed, tracked=False, training=True, **options)


def _state(name: str, batches: int, **options: Any) -> Case:
    calls = {f"input_{number}": Draw((3, 2, 2, 3), "offset" if number else "normal") for number in range(batches)}
    parts = {"running_mean": Draw((2,)), "running_var": Draw((2,), "positive")}
    return Case(name, {**calls, **parts, "weight": Draw((2,)), "bias": Draw((2,))}, {"training": True, **options})


def _evaluated(case: Case) -> Case:
    return replace(case, options={**case.options, "training": False})


def _options(case: Case) -> dict[str, Any]:
    kept = {name: case.options[name] for name in ("eps", "momentum", "track_running_stats") if name in case.options}
    return {
        "num_features": case.shape("weight")[0] if case.inputs["weight"] is not None else case.shape("input")[1],
        "affine": case.inputs["weight"] is not None,
        "bias": case.inputs["bias"] is not None,
        **kept,
    }


def _layer(name: str, *dimensions: int, after: Callable[..., Mapping[str, Bounded]] = running) -> Layer:
    """Return one of the three classes, which differ in the numbers of dimensions that they take."""
    state = ("weight", "bias", "running_mean", "running_var")
    return Layer(
        name,
        _options,
        dict(zip(state, state, strict=True)),
        training=lambda case: bool(case.options.get("training", False)),
        after=after,
        covers=lambda case: len(case.shape("input")) in dimensions,
    )


_drawn = st.builds(
    lambda batch, channels, rest, training, eps, seed: (
        _training("drawn", (batch, channels, *rest), seed=seed, eps=eps)
        if training and batch * prod(rest) > 1
        else _case("drawn", (batch, channels, *rest), seed=seed, eps=eps)
    ),
    st.integers(1, 4),
    st.integers(1, 3),
    st.lists(st.integers(1, 4), max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from([1e-5, 0.05, 0.5]),
    seeds,
)

CARD = OperatorCard(
    "batch_norm",
    documented("generated/torch.nn.BatchNorm2d.html"),
    (
        value(
            "value",
            "In training each channel is standardized by the batch's mean and biased variance, scaled and shifted.",
            _training("images", (3, 2, 4, 3)),
            _training("one-image", (1, 3, 4, 2)),
            replace(_training("many-elements", (2, 1, 32, 32), "positive"), only_halves=True),
            drawn=_drawn,
        ),
        value(
            "evaluation",
            "In evaluation the running mean and variance take the place of the batch's.",
            _case("images", (2, 3, 2, 4)),
            _case("offset", (2, 3, 2, 2), "offset"),
        ),
        value(
            "eps",
            "eps is added to the variance, inside of the root.",
            _training("large", (3, 2, 3, 2), eps=NEAR_EPS),
            _training("small-data", (3, 2, 3, 2), "small", eps=1e-6),
            _case("evaluation", (3, 2, 3, 2), eps=0.5),
        ),
        value(
            "affine-parts",
            "Without a weight nothing is scaled, and without a bias nothing is shifted.",
            _training("no-bias", (2, 3, 2, 2), bias=False),
            _case("neither", (2, 3, 2, 2), weight=False, bias=False),
        ),
        value(
            "dimensions",
            "The input may be (N, C), (N, C, L) or (N, C, D, H, W) as well; the statistics are those of each channel.",
            _training("features", (5, 3)),
            _training("series", (3, 2, 4)),
            _case("volumes", (2, 3, 2, 1, 3)),
            link=documented("generated/torch.nn.BatchNorm1d.html"),
        ),
        Statement(
            "running-statistics",
            "In training the running statistics move towards the batch's by the momentum, the variance unbiased.",
            "layer_state",
            (_state("one-batch", 1), _state("two-batches", 2, momentum=0.4)),
        ),
        Statement(
            "cumulative-average",
            "With momentum None the running statistics are the simple average over the batches.",
            "layer_state",
            (_state("three-batches", 3, momentum=None),),
        ),
        Statement(
            "evaluation-state",
            "In evaluation the running statistics stay as they are, whatever the momentum.",
            "layer_state",
            (
                _evaluated(_state("two-batches", 2, momentum=0.4)),
                _evaluated(_state("momentum-none", 2, momentum=None)),
            ),
            wrapping=_layer("BatchNorm2d", 4, after=unchanged),
        ),
        layer(
            "evaluation-cumulative",
            "With momentum None evaluation takes the running statistics for the batch's as well.",
            _case("images", (2, 3, 2, 4), momentum=None),
        ),
        layer(
            "untracked",
            "With track_running_stats=False the batch's statistics are taken in evaluation too.",
            _case("evaluation", (3, 2, 2, 3), tracked=False, track_running_stats=False),
            _training("training", (3, 2, 2, 3), "offset", track_running_stats=False),
        ),
        refusal(
            "single-value",
            "In training a channel of a single value is refused.",
            _training("one-sample", (1, 3)),
            link=documented("generated/torch.nn.functional.batch_norm.html"),
            raises=(ValueError,),
        ),
        ones_and_zeros("BatchNorm2d", {"num_features": 5}, (5,)),
    ),
    definition=batch_norm,
    nondifferentiable=("running_mean", "running_var"),
    layer=_layer("BatchNorm2d", 4),
    further_layers=(_layer("BatchNorm1d", 2, 3), _layer("BatchNorm3d", 5)),
    smooth=True,
)

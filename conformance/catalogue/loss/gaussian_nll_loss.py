"""gaussian_nll_loss: the negative log likelihood of samples under normal distributions."""

from __future__ import annotations

from math import log as logarithm
from math import pi
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds, shapes
from conformance.catalogue.loss._shared import (
    empty_sum,
    output_size,
    reduced,
    reduced_shape,
    reduction_clauses,
    reductions,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, log, reshape, where


def gaussian_nll_loss(
    input: Bounded, target: Bounded, var: Bounded, full: bool = False, eps: float = 1e-6, reduction: str = "mean"
) -> Bounded:
    """Return (log v + (x - y)^2 / v) / 2, v being the variance but at least eps, whose derivative passes the clamp."""
    if var.shape != input.shape and var.shape == input.shape[:-1]:
        var = reshape(var, (*var.shape, 1))
    floored = where(var < eps, eps, var)
    clamped = Bounded(floored.value, floored.error, var.arithmetic, ((var, lambda c: c),))
    losses = (log(clamped) + (input - target).square() / clamped) * 0.5
    if full:
        losses = losses + 0.5 * logarithm(2 * pi)
    return reduced(losses, reduction)


def _output_shape(
    input: tuple[int, ...], target: tuple[int, ...], var: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    del target, var
    return reduced_shape(input, reduction)


def _case(
    name: str,
    lengths: tuple[int, ...],
    var: tuple[int, ...] | None = None,
    target: tuple[int, ...] | None = None,
    **options: Any,
) -> Case:
    return Case(
        name,
        {
            "input": Draw(lengths),
            "target": Draw(lengths if target is None else target),
            "var": Draw(lengths if var is None else var, "positive"),
        },
        options,
    )


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (4, 3), **options)


_drawn = st.builds(
    lambda lengths, regime, options, seed: Case(
        "drawn",
        {"input": Draw(lengths, regime), "target": Draw(lengths, regime), "var": Draw(lengths, "positive")},
        options,
        seed,
    ),
    shapes(1),
    st.sampled_from(["normal", "small", "offset"]),
    st.fixed_dictionaries(
        {"full": st.booleans(), "eps": st.sampled_from([1e-6, 0.5]), "reduction": reductions},
    ),
    seeds,
)

CARD = OperatorCard(
    "gaussian_nll_loss",
    documented("generated/torch.nn.GaussianNLLLoss.html"),
    (
        value(
            "value",
            "By default gaussian_nll_loss is the mean over all elements of (log v + (x - y)^2 / v) / 2, v being the "
            "variance, without the constant.",
            _batch("batch"),
            drawn=_drawn,
        ),
        value(
            "full",
            "full adds the constant log(2 pi) / 2 to each loss.",
            _batch("mean", full=True),
            _batch("none", full=True, reduction="none"),
        ),
        value(
            "eps",
            "Variances below eps count as eps; the clamp is ignored by differentiation, as if it were not there.",
            Case(
                "below-and-above",
                {
                    "input": Values([0.5, -1.0, 2.0, 0.25]),
                    "target": Values([1.0, 1.0, 0.5, 0.0]),
                    "var": Values([0.125, 0.0, 0.75, 0.25]),
                },
                {"eps": 0.5, "reduction": "none"},
            ),
            Case(
                "default",
                {"input": Values([0.5, -1.0]), "target": Values([0.25, 1.0]), "var": Values([0.0, 1e-8])},
                {"reduction": "none"},
            ),
        ),
        value(
            "homoscedastic",
            "One variance for all elements of the last dimension is broadcast: that dimension is 1 in it, or missing.",
            _case("one", (2, 3, 4), var=(2, 3, 1), reduction="none"),
            _case("missing", (2, 3, 4), var=(2, 3)),
        ),
        value(
            "target-broadcasts",
            "A target with one dimension of a single element is broadcast.",
            _case("one", (4, 3), target=(4, 1), reduction="none"),
        ),
        *reduction_clauses(_batch),
        value("any-shape", "There may be any number of dimensions.", _case("three", (2, 3, 4)), _case("one", (5,))),
        empty_sum(_case),
        output_size(_batch),
        refusal(
            "negative-variance",
            "Variances must be positive: a negative one is refused.",
            Case(
                "one-negative",
                {"input": Values([0.5, 1.0]), "target": Values([0.0, 1.0]), "var": Values([1.0, -0.5])},
            ),
        ),
        refusal(
            "variance-shape",
            "A variance whose shape is neither the input's nor that with the last dimension missing or 1 is refused.",
            _case("another", (4, 3), var=(2,)),
        ),
    ),
    definition=gaussian_nll_loss,
    output_shape=_output_shape,
    layer=Layer("GaussianNLLLoss", lambda case: dict(case.options)),
    smooth=True,
)

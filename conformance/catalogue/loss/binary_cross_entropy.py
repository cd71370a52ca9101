"""binary_cross_entropy: the cross entropy of probabilities of two classes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds, shapes
from conformance.catalogue.loss._shared import (
    any_shape,
    difference,
    empty_sum,
    output_size,
    pair,
    reduced,
    reduced_shape,
    reduction_clauses,
    reductions,
    weighted,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, clamp, log

_LEAST_LOGARITHM = -100.0
"""Logarithms are clamped to at least this, as the documentation says."""


def binary_cross_entropy(
    input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean"
) -> Bounded:
    """Return -w (y log x + (1 - y) log(1 - x)), each logarithm at least -100, reduced."""
    one = Bounded.constant(1.0, input.arithmetic)
    positive = clamp(log(input), _LEAST_LOGARITHM) * target
    negative = clamp(log(difference(one, input)), _LEAST_LOGARITHM) * difference(one, target)
    return reduced(weighted(-(positive + negative), weight), reduction)


def _output_shape(
    input: tuple[int, ...], target: tuple[int, ...], weight: Any = None, reduction: str = "mean"
) -> tuple[int, ...]:
    del target, weight
    return reduced_shape(input, reduction)


def _case(name: str, lengths: tuple[int, ...], *, weight: tuple[int, ...] | None = None, **options: Any) -> Case:
    made = pair(name, lengths, "probability", **options)
    return made if weight is None else made.with_inputs(weight=Draw(weight, "positive"))


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (3, 5), **options)


_drawn = st.builds(
    lambda lengths, reduction, seed: Case(
        "drawn",
        {"input": Draw(lengths, "probability"), "target": Draw(lengths, "probability")},
        {"reduction": reduction},
        seed,
    ),
    shapes(),
    reductions,
    seeds,
)

CARD = OperatorCard(
    "binary_cross_entropy",
    documented("generated/torch.nn.BCELoss.html"),
    (
        value(
            "value",
            "By default binary_cross_entropy is the mean over all elements of -(y log x + (1 - y) log(1 - x)).",
            _batch("batch"),
            Case(
                "hard-labels",
                {
                    "input": Values([[0.25, 0.9, 0.5], [0.01, 0.75, 0.6]]),
                    "target": Values([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]),
                },
                {"reduction": "none"},
            ),
            drawn=_drawn,
        ),
        value(
            "weight",
            "With a weight, each element's loss is multiplied by its own; the mean stays over the number of elements.",
            _batch("mean", weight=(3, 5)),
            _batch("none", weight=(3, 5), reduction="none"),
            _batch("sum", weight=(3, 5), reduction="sum"),
        ),
        value(
            "weight-repeated",
            "A weight of fewer elements is repeated to match the input.",
            _batch("of-columns", weight=(5,), reduction="none"),
            _batch("of-rows", weight=(3, 1)),
            link=documented("generated/torch.nn.functional.binary_cross_entropy.html"),
        ),
        value(
            "clamp",
            "Each logarithm is clamped to at least -100, so that probabilities of 0 and 1 have a finite loss.",
            Case(
                "certain",
                {
                    "input": Values([0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
                    "target": Values([0.0, 1.0, 0.25, 0.0, 1.0, 0.25]),
                },
                {"reduction": "none"},
                differentiable=False,
            ),
        ),
        *reduction_clauses(_batch),
        any_shape(_case),
        empty_sum(_case),
        output_size(_batch),
        refusal(
            "shape-mismatch",
            "A target of another shape than the input's is refused.",
            Case("another-size", {"input": Draw((3, 4), "probability"), "target": Draw((3, 5), "probability")}),
        ),
    ),
    definition=binary_cross_entropy,
    output_shape=_output_shape,
    layer=Layer("BCELoss", lambda case: dict(case.options), {"weight": "weight"}, given=("weight",)),
    nondifferentiable=("weight",),
    smooth=True,
)

"""l1_loss: the mean absolute error."""

from __future__ import annotations

from typing import Any

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, value
from conformance.case import Case
from conformance.catalogue.loss._shared import (
    NONDIFFERENTIABLE_POINTS,
    any_shape,
    difference,
    empty_sum,
    output_size,
    pair,
    paired_shape,
    pairs,
    reduced,
    reduction_clauses,
    weighted,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, absolute, total


def l1_loss(input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean") -> Bounded:
    """Return |x - y|, or the mean or sum of that over all elements."""
    return reduced(weighted(absolute(difference(input, target)), weight), reduction)


def _over_weights(input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean") -> Bounded:
    if weight is None or reduction != "mean":
        return l1_loss(input, target, weight, reduction)
    return l1_loss(input, target, weight, "sum") / total(weight)


def _batch(name: str, **options: Any) -> Case:
    return pair(name, (3, 5), **options)


def _weighted(name: str, **options: Any) -> Case:
    inputs = {"input": Draw((3, 4)), "target": Draw((3, 4)), "weight": Draw((3, 4), "positive")}
    return Case(name, inputs, options)


_FUNCTION = documented("generated/torch.nn.functional.l1_loss.html")
_WEIGHTED = (_weighted("none", reduction="none"), _weighted("sum", reduction="sum"))
_WEIGHTED_MEAN = (_weighted("mean"),)
_EITHER_MEAN = ("over-elements", "over-weights")

CARD = OperatorCard(
    "l1_loss",
    documented("generated/torch.nn.L1Loss.html"),
    (
        value(
            "value",
            "By default l1_loss is the mean over all elements, not over the batch, of the absolute differences.",
            _batch("batch"),
            pair("large-and-close", (2, 3, 4), "offset"),
            drawn=pairs(),
        ),
        *reduction_clauses(_batch, "the absolute differences"),
        any_shape(pair),
        empty_sum(pair),
        output_size(_batch),
        value(
            "weight",
            "With a weight, each absolute difference is multiplied by its own.",
            *_WEIGHTED,
            link=_FUNCTION,
            formulas=("over-elements",),
        ),
        value(
            "weight-mean",
            "With a weight, the mean is of the weighted absolute differences.",
            *_WEIGHTED_MEAN,
            link=_FUNCTION,
            formulas=_EITHER_MEAN,
        ),
        Statement(
            "gradient-weight",
            "With a weight, the gradient is that of the weighted absolute differences.",
            "gradient",
            (*_WEIGHTED, *_WEIGHTED_MEAN),
            formulas=_EITHER_MEAN,
            link=_FUNCTION,
        ),
        Statement(
            "gradient-at-zero",
            "Where input and target are equal the derivative is 0, the subgradient of least norm.",
            "gradient",
            (Case("equal", {"input": Values([1.5, -2.0, 0.0, 3.0]), "target": Values([1.5, -2.0, 0.0, 1.0])}),),
            link=documented(NONDIFFERENTIABLE_POINTS),
        ),
        refusal(
            "shape-mismatch",
            "Shapes that do not broadcast are refused.",
            Case("incompatible", {"input": Draw((3, 4)), "target": Draw((5,))}),
        ),
    ),
    definition=l1_loss,
    formulas=(
        Formula("over-elements", "a weighted mean divides by the number of elements", l1_loss),
        Formula("over-weights", "a weighted mean divides by the sum of the weights", _over_weights),
    ),
    output_shape=paired_shape,
    layer=Layer("L1Loss", lambda case: dict(case.options)),
    keywords=("weight",),
)

"""huber_loss: squared near 0, proportional to the absolute difference beyond."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, value
from conformance.case import Case
from conformance.catalogue.loss._shared import (
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
from conformance.oracle import Bounded, absolute, where


def huber_loss(
    input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean", delta: float = 1.0
) -> Bounded:
    """Return (x - y)^2 / 2 where |x - y| < delta and delta (|x - y| - delta / 2) elsewhere, reduced."""
    apart = difference(input, target)
    distance = absolute(apart)
    far = (distance - 0.5 * delta) * delta
    return reduced(weighted(where(distance < delta, apart.square() * 0.5, far), weight), reduction)


def _batch(name: str, **options: Any) -> Case:
    return pair(name, (4, 5), **options)


def _weighted(name: str, **options: Any) -> Case:
    inputs = {"input": Draw((3, 4)), "target": Draw((3, 4)), "weight": Draw((3, 4), "positive")}
    return Case(name, inputs, {"delta": 0.75, **options})


_WEIGHTED = (_weighted("none", reduction="none"), _weighted("sum", reduction="sum"), _weighted("mean"))
_FUNCTION = documented("generated/torch.nn.functional.huber_loss.html")

CARD = OperatorCard(
    "huber_loss",
    documented("generated/torch.nn.HuberLoss.html"),
    (
        value(
            "value",
            "By default huber_loss is the mean over all elements of (x - y)^2 / 2 where |x - y| is below 1 and of "
            "|x - y| - 1 / 2 elsewhere.",
            _batch("batch"),
            pair("near", (3, 4), "small", reduction="none"),
            drawn=pairs(delta=st.sampled_from([0.25, 1.0, 3.0])),
        ),
        value(
            "delta",
            "delta is where half the square gives way to delta times the absolute difference less delta / 2.",
            _batch("small", delta=0.25, reduction="none"),
            _batch("large", delta=2.5, reduction="none"),
        ),
        value(
            "at-delta",
            "Where |x - y| is delta both pieces, and their slopes, agree.",
            Case(
                "boundary",
                {"input": Values([1.5, -0.5, 0.5, 2.0]), "target": Values([1.0, 0.0, 0.5, 0.0])},
                {"delta": 0.5, "reduction": "none"},
            ),
        ),
        *reduction_clauses(_batch),
        any_shape(pair),
        empty_sum(pair),
        output_size(_batch),
        value(
            "weight",
            "With a weight, each loss is multiplied by its own; the mean stays over the number of elements.",
            *_WEIGHTED,
            link=_FUNCTION,
            formulas=("documented",),
        ),
        Statement(
            "gradient-weight",
            "With a weight, the gradient is that of the weighted losses.",
            "gradient",
            _WEIGHTED,
            link=_FUNCTION,
            formulas=("documented",),
        ),
        refusal(
            "delta-sign",
            "A delta that is not positive is refused.",
            _batch("negative", delta=-0.5),
            _batch("zero", delta=0.0),
        ),
        refusal(
            "shape-mismatch",
            "Shapes that do not broadcast are refused.",
            Case("incompatible", {"input": Draw((3, 4)), "target": Draw((5,))}),
        ),
    ),
    definition=huber_loss,
    formulas=(Formula("documented", "the documented formula", huber_loss),),
    output_shape=paired_shape,
    layer=Layer("HuberLoss", lambda case: dict(case.options)),
    keywords=("weight",),
)

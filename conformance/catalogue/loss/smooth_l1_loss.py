"""smooth_l1_loss: squared near 0, absolute beyond."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
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
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, absolute, where


def smooth_l1_loss(input: Bounded, target: Bounded, reduction: str = "mean", beta: float = 1.0) -> Bounded:
    """Return (x - y)^2 / (2 beta) where |x - y| < beta and |x - y| - beta / 2 elsewhere, reduced."""
    apart = difference(input, target)
    distance = absolute(apart)
    if beta == 0:
        return reduced(distance, reduction)
    near = apart.square() * 0.5 / beta
    return reduced(where(distance < beta, near, distance - 0.5 * beta), reduction)


def _batch(name: str, **options: Any) -> Case:
    return pair(name, (4, 5), **options)


CARD = OperatorCard(
    "smooth_l1_loss",
    documented("generated/torch.nn.SmoothL1Loss.html"),
    (
        value(
            "value",
            "By default smooth_l1_loss is the mean over all elements of (x - y)^2 / 2 where |x - y| is below 1 and of "
            "|x - y| - 1 / 2 elsewhere.",
            _batch("batch"),
            pair("near", (3, 4), "small", reduction="none"),
            drawn=pairs(beta=st.sampled_from([0.25, 1.0, 3.0])),
        ),
        value(
            "beta",
            "beta is where the square, divided by 2 beta, gives way to the absolute difference less beta / 2.",
            _batch("small", beta=0.25, reduction="none"),
            _batch("large", beta=2.5, reduction="none"),
        ),
        value(
            "beta-zero",
            "With beta 0 the loss is the absolute difference.",
            _batch("zero", beta=0.0),
        ),
        value(
            "at-beta",
            "Where |x - y| is beta both pieces, and their slopes, agree.",
            Case(
                "boundary",
                {"input": Values([1.5, -0.5, 0.5, 2.0]), "target": Values([1.0, 0.0, 0.5, 0.0])},
                {"beta": 0.5, "reduction": "none"},
            ),
        ),
        *reduction_clauses(_batch),
        any_shape(pair),
        empty_sum(pair),
        output_size(_batch),
        refusal("beta-sign", "A negative beta is refused.", _batch("negative", beta=-0.5)),
        refusal(
            "shape-mismatch",
            "Shapes that do not broadcast are refused.",
            Case("incompatible", {"input": Draw((3, 4)), "target": Draw((5,))}),
        ),
    ),
    definition=smooth_l1_loss,
    output_shape=paired_shape,
    layer=Layer("SmoothL1Loss", lambda case: dict(case.options)),
)

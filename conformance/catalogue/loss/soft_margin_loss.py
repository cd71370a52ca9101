"""soft_margin_loss: the logistic loss of two classes."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds, shapes
from conformance.catalogue.loss._shared import (
    any_shape,
    empty_sum,
    output_size,
    pair,
    paired_shape,
    reduced,
    reduction_clauses,
    reductions,
    softplus,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded


def soft_margin_loss(input: Bounded, target: Bounded, reduction: str = "mean") -> Bounded:
    """Return log(1 + exp(-y x)), reduced."""
    return reduced(softplus(-(target * input)), reduction)


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    return pair(name, lengths, "normal", "signs", **options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (4, 5), **options)


_drawn = st.builds(
    lambda lengths, reduction, seed: Case(
        "drawn", {"input": Draw(lengths), "target": Draw(lengths, "signs")}, {"reduction": reduction}, seed
    ),
    shapes(),
    reductions,
    seeds,
)

CARD = OperatorCard(
    "soft_margin_loss",
    documented("generated/torch.nn.SoftMarginLoss.html"),
    (
        value(
            "value",
            "By default soft_margin_loss is the mean over all elements of log(1 + exp(-y x)), y being a label of 1 or "
            "-1.",
            _batch("batch"),
            Case(
                "either-side",
                {"input": Values([0.5, 3.0, 0.5, 3.0, 0.0, -2.0]), "target": Values([1, 1, -1, -1, 1, -1])},
                {"reduction": "none"},
            ),
            drawn=_drawn,
        ),
        *reduction_clauses(_batch),
        any_shape(_case),
        empty_sum(_case),
        output_size(_batch),
    ),
    definition=soft_margin_loss,
    output_shape=paired_shape,
    layer=Layer("SoftMarginLoss", lambda case: dict(case.options)),
    nondifferentiable=("target",),
    smooth=True,
)

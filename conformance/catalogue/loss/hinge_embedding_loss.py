"""hinge_embedding_loss: distances of similar pairs, and what dissimilar ones lack to a margin."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.catalogue.loss._shared import (
    any_shape,
    difference,
    empty_sum,
    output_size,
    pair,
    paired_shape,
    reduced,
    reduction_clauses,
    reductions,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, hinge, where


def hinge_embedding_loss(input: Bounded, target: Bounded, margin: float = 1.0, reduction: str = "mean") -> Bounded:
    """Return x where y is 1 and max(0, margin - x) where y is -1, reduced."""
    lacking = hinge(difference(Bounded.constant(margin, input.arithmetic), input))
    return reduced(where(target > 0.0, input, lacking), reduction)


def _case(name: str, lengths: tuple[int, ...], **options: Any) -> Case:
    return pair(name, lengths, "normal", "signs", **options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (4, 6), **options)


_drawn = st.builds(
    lambda lengths, regime, margin, reduction, seed: Case(
        "drawn",
        {"input": Draw(lengths, regime), "target": Draw(lengths, "signs")},
        {"margin": margin, "reduction": reduction},
        seed,
    ),
    shapes(),
    regimes,
    st.sampled_from([0.5, 1.0, 2.0]),
    reductions,
    seeds,
)

CARD = OperatorCard(
    "hinge_embedding_loss",
    documented("generated/torch.nn.HingeEmbeddingLoss.html"),
    (
        value(
            "value",
            "By default hinge_embedding_loss is the mean over all elements of x where the label is 1 and of "
            "max(0, 1 - x) where it is -1.",
            _batch("batch"),
            Case(
                "either-side",
                {"input": Values([0.5, 1.5, 0.5, 1.5, -2.0, -2.0]), "target": Values([1, 1, -1, -1, 1, -1])},
                {"reduction": "none"},
            ),
            drawn=_drawn,
        ),
        value(
            "margin",
            "margin is what elements labelled -1 must reach.",
            _batch("wide", margin=2.5),
            _batch("narrow", margin=0.25, reduction="none"),
        ),
        *reduction_clauses(_batch),
        any_shape(_case),
        empty_sum(_case),
        output_size(_batch),
    ),
    definition=hinge_embedding_loss,
    output_shape=paired_shape,
    layer=Layer("HingeEmbeddingLoss", lambda case: dict(case.options)),
    nondifferentiable=("target",),
)

"""multi_margin_loss: what the score of the right class lacks to leading all others by a margin."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._classes import Indices, class_weights, indices, picked
from conformance.catalogue.loss._shared import output_size, reduced, reduced_shape, reduction_clauses, reductions
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded, hinge, mean, reshape, where
from conformance.oracle.movement import stack_sum


def multi_margin_loss(
    input: Bounded,
    target: Indices,
    weight: Bounded | None = None,
    p: int = 1,
    margin: float = 1.0,
    reduction: str = "mean",
) -> Bounded:
    """Return the sum over the other classes i of w[y] max(0, margin - x[y] + x[i])^p, over C; reduced."""
    own = reshape(picked(input, target), (*target.shape, 1))
    wanted = Bounded.constant(margin, input.arithmetic)
    level = Bounded.input(np.zeros(input.shape), input.arithmetic)
    lacking = hinge(stack_sum([wanted + level, -own + level, input]))
    powers = lacking if p == 1 else lacking.square()
    others = np.arange(input.shape[-1]) != target[..., None]
    losses = mean(where(others, powers, 0.0), (-1,))
    if weight is not None:
        losses = losses * class_weights(weight, target, input)
    return reduced(losses, reduction)


def _output_shape(
    input: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    del input
    return reduced_shape(target, reduction)


def _case(name: str, lengths: tuple[int, ...], target: Any, *, weight: bool = False, **options: Any) -> Case:
    inputs: dict[str, Recipe | None] = {"input": Draw(lengths), "target": indices(target)}
    if weight:
        inputs["weight"] = Draw(lengths[-1:], "positive")
    return Case(name, inputs, options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (4, 5), [2, 0, 4, 1], **options)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    classes = draw(st.integers(1, 5))
    target = draw(st.lists(st.integers(0, classes - 1), min_size=1, max_size=5))
    inputs: dict[str, Recipe | None] = {"input": Draw((len(target), classes)), "target": indices(target)}
    if draw(st.booleans()):
        inputs["weight"] = Draw((classes,), "positive")
    options = {
        "p": draw(st.sampled_from([1, 2])),
        "margin": draw(st.sampled_from([0.5, 1.0, 2.5])),
        "reduction": draw(reductions),
    }
    return Case("drawn", inputs, options, draw(seeds))


CARD = OperatorCard(
    "multi_margin_loss",
    documented("generated/torch.nn.MultiMarginLoss.html"),
    (
        value(
            "value",
            "By default multi_margin_loss is the mean over the batch of the sum, over all classes but the target's, of "
            "max(0, 1 - x[y] + x[i]), divided by the number of classes.",
            Case("example", {"input": Values([[0.1, 0.2, 0.4, 0.8]]), "target": indices([3])}),
            _batch("batch"),
            drawn=_drawn(),
        ),
        value(
            "p",
            "p=2 squares what is lacking.",
            _batch("two", p=2),
            _batch("two-each", p=2, margin=0.5, reduction="none"),
        ),
        value(
            "margin",
            "margin is by how much the target's score must be the largest.",
            _batch("wide", margin=2.5),
            _batch("narrow", margin=0.25, reduction="none"),
        ),
        value(
            "weight",
            "With a weight for each class, each loss is multiplied by its target's; the mean stays over the batch.",
            _batch("mean", weight=True),
            _batch("none", weight=True, p=2, reduction="none"),
        ),
        value(
            "unbatched",
            "An input (C) has a single target.",
            _case("one", (4,), 2),
            _case("weighted", (4,), 1, weight=True),
        ),
        *reduction_clauses(_batch),
        output_size(_batch, "the target's shape"),
        refusal("p-values", "A p other than 1 and 2 is refused.", _batch("three", p=3)),
        refusal(
            "weight-size",
            "A weight that does not have one element for each class is refused.",
            _batch("one-less").with_inputs(weight=Draw((4,), "positive")),
        ),
    ),
    definition=multi_margin_loss,
    output_shape=_output_shape,
    layer=Layer("MultiMarginLoss", lambda case: dict(case.options), {"weight": "weight"}, given=("weight",)),
    keywords=("weight",),
    nondifferentiable=("weight",),
)

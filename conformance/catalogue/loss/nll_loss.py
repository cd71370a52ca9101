"""nll_loss: the negative log likelihood of classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._classes import Indices, class_weights, indices, picked, unreduced_shape
from conformance.catalogue.loss._shared import output_size, reduced, reduction_clauses, reductions
from conformance.clause import documented
from conformance.data import Draw, Recipe
from conformance.oracle import Bounded, total, where


def nll_loss(
    input: Bounded,
    target: Indices,
    weight: Bounded | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> Bounded:
    """Return -w[y] x[y], 0 for ignored targets; the mean divides by the sum of the weights of the counted targets."""
    counted = target != ignore_index
    chosen = np.where(counted, target, 0)
    weights = where(counted, class_weights(weight, chosen, input), 0.0)
    losses = where(counted, -(picked(input, chosen) * weights), 0.0)
    return total(losses) / total(weights) if reduction == "mean" else reduced(losses, reduction)


def _case(
    name: str,
    lengths: tuple[int, ...],
    target: Any,
    *,
    weight: bool = False,
    differentiable: bool = True,
    **options: Any,
) -> Case:
    inputs: dict[str, Recipe | None] = {"input": Draw(lengths), "target": indices(target)}
    if weight:
        inputs["weight"] = Draw((lengths[0 if len(lengths) == 1 else 1],), "positive")
    return Case(name, inputs, options, differentiable=differentiable)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (5, 4), [2, 0, 3, 3, 1], **options)


_IMAGE = [[[0, 2, 1], [1, 1, 2]], [[2, 0, 0], [2, 1, 0]]]


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    classes = draw(st.integers(1, 5))
    target = draw(st.lists(st.integers(-1, classes - 1), min_size=1, max_size=6))
    counted = any(index >= 0 for index in target)
    inputs: dict[str, Recipe | None] = {"input": Draw((len(target), classes)), "target": indices(target)}
    if draw(st.booleans()):
        inputs["weight"] = Draw((classes,), "positive")
    reduction = draw(reductions) if counted else "sum"
    return Case("drawn", inputs, {"ignore_index": -1, "reduction": reduction}, draw(seeds))


CARD = OperatorCard(
    "nll_loss",
    documented("generated/torch.nn.NLLLoss.html"),
    (
        value(
            "value",
            "By default nll_loss is the mean over the batch of the negatives of the inputs at the target classes.",
            _batch("batch"),
            drawn=_drawn(),
        ),
        value(
            "weight",
            "With a weight for each class, each loss is multiplied by its target's, and the mean divides by the sum of "
            "those weights.",
            _batch("mean", weight=True),
            _batch("none", weight=True, reduction="none"),
            _batch("sum", weight=True, reduction="sum"),
        ),
        value(
            "ignore-index",
            "Targets equal to ignore_index lose nothing, have no gradient and do not count in the mean.",
            _batch("a-class", ignore_index=3),
            _case("default", (4, 3), [1, -100, 2, -100]),
            _case("outside", (4, 3), [1, -1, 2, 0], ignore_index=-1, weight=True),
            _case("none", (4, 3), [1, -1, 2, 0], ignore_index=-1, weight=True, reduction="none"),
        ),
        value(
            "all-ignored",
            "Where all targets are ignored, the sum is 0 and the mean, 0 over 0, is NaN.",
            _case("mean", (2, 3), [-100, -100], differentiable=False),
            _case("sum", (2, 3), [-100, -100], reduction="sum"),
        ),
        value(
            "higher-dimensional",
            "Inputs (N, C, d1, d2, ...) have targets (N, d1, d2, ...), one loss for each place.",
            _case("one-more", (2, 3, 4), [[0, 2, 1, 1], [2, 2, 0, 1]], weight=True),
            _case("image", (2, 3, 2, 3), _IMAGE, reduction="none"),
            _case("weighted-image", (2, 3, 2, 3), _IMAGE, weight=True, ignore_index=1),
            _case("volume", (1, 2, 1, 2, 2), [[[[0, 1], [1, 1]]]], weight=True),
        ),
        value(
            "unbatched",
            "An input (C) has a single target.",
            _case("one", (4,), 2),
            _case("none", (4,), 1, weight=True, reduction="none"),
        ),
        *reduction_clauses(_batch),
        output_size(_batch, "the target's shape"),
        refusal(
            "weight-size",
            "A weight that does not have one element for each class is refused.",
            _batch("one-less").with_inputs(weight=Draw((3,), "positive")),
        ),
        refusal(
            "batch-mismatch",
            "An input and a target of different batches are refused.",
            _case("one-less", (4, 3), [0, 1, 2]),
        ),
    ),
    definition=nll_loss,
    output_shape=unreduced_shape,
    layer=Layer("NLLLoss", lambda case: dict(case.options), {"weight": "weight"}, given=("weight",)),
    nondifferentiable=("weight",),
)

"""multilabel_soft_margin_loss: the mean cross entropy of one decision a class."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._shared import (
    difference,
    output_size,
    reduced,
    reduced_shape,
    reduction_clauses,
    reductions,
    softplus,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, mean


def multilabel_soft_margin_loss(
    input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean"
) -> Bounded:
    """Return the mean over the classes of w (y log(1 + exp(-x)) + (1 - y) log(1 + exp(x))), reduced."""
    one = Bounded.constant(1.0, input.arithmetic)
    losses = target * softplus(-input) + difference(one, target) * softplus(input)
    return reduced(mean(losses if weight is None else losses * weight, (-1,)), reduction)


def _output_shape(
    input: tuple[int, ...], target: tuple[int, ...], weight: Any = None, reduction: str = "mean"
) -> tuple[int, ...]:
    del target, weight
    return reduced_shape(input[:-1], reduction)


_LABELS = [[0.0, 1.0, 1.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0, 0.0]]


def _batch(name: str, *, weight: bool = False, **options: Any) -> Case:
    inputs: dict[str, Any] = {"input": Draw((3, 5)), "target": Values(_LABELS)}
    if weight:
        inputs["weight"] = Draw((5,), "positive")
    return Case(name, inputs, options)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    batch, classes = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    row = st.lists(st.sampled_from([0.0, 1.0]), min_size=classes, max_size=classes)
    labels = draw(st.lists(row, min_size=batch, max_size=batch))
    inputs: dict[str, Any] = {"input": Draw((batch, classes)), "target": Values(labels)}
    if draw(st.booleans()):
        inputs["weight"] = Draw((classes,), "positive")
    return Case("drawn", inputs, {"reduction": draw(reductions)}, draw(seeds))


CARD = OperatorCard(
    "multilabel_soft_margin_loss",
    documented("generated/torch.nn.MultiLabelSoftMarginLoss.html"),
    (
        value(
            "value",
            "By default multilabel_soft_margin_loss is the mean over batch and classes of y log(1 + exp(-x)) + (1 - y) "
            "log(1 + exp(x)).",
            _batch("batch"),
            drawn=_drawn(),
        ),
        value(
            "weight",
            "With a weight for each class, each class's term is multiplied by its own before the mean over classes, "
            "which divides by their number.",
            _batch("mean", weight=True),
            _batch("none", weight=True, reduction="none"),
        ),
        *reduction_clauses(_batch, "the means over the classes"),
        output_size(_batch, "one element a sample"),
    ),
    definition=multilabel_soft_margin_loss,
    output_shape=_output_shape,
    layer=Layer("MultiLabelSoftMarginLoss", lambda case: dict(case.options), {"weight": "weight"}, given=("weight",)),
    nondifferentiable=("target", "weight"),
    smooth=True,
)

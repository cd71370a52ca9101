"""cross_entropy: the cross entropy of scores of classes, against classes or probabilities of classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._classes import class_axis, class_weights, indices, picked, unreduced_shape
from conformance.catalogue.loss._shared import output_size, reduced, reduction_clauses, reductions
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded, log_softmax, reshape, total, where


def cross_entropy(
    input: Bounded,
    target: Any,
    weight: Bounded | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Bounded:
    """Return -sum_c w[c] t[c] log_softmax(x)[c], t being the target's probabilities smoothed towards 1 / C.

    For class indices the mean divides by the sum of the weights of the counted targets, for probabilities by their
    number.
    """
    axis = class_axis(input.shape)
    logarithms = log_softmax(input, axis)
    column = [-1 if place == axis else 1 for place in range(len(input.shape))]
    scaled = logarithms if weight is None else logarithms * reshape(weight, column)
    share = label_smoothing / input.shape[axis]
    if isinstance(target, Bounded):
        smooth = target * (1.0 - label_smoothing) + share if label_smoothing else target
        losses = -total(scaled * smooth, (axis,))
        return reduced(losses, reduction)
    counted = target != ignore_index
    chosen = np.where(counted, target, 0)
    losses = -picked(scaled, chosen)
    if label_smoothing:
        losses = losses * (1.0 - label_smoothing) - total(scaled, (axis,)) * share
    losses = where(counted, losses, 0.0)
    weights = where(counted, class_weights(weight, chosen, input), 0.0)
    return total(losses) / total(weights) if reduction == "mean" else reduced(losses, reduction)


def _case(
    name: str,
    lengths: tuple[int, ...],
    target: Recipe,
    *,
    weight: bool = False,
    differentiable: bool = True,
    **options: Any,
) -> Case:
    inputs: dict[str, Recipe | None] = {"input": Draw(lengths), "target": target}
    if weight:
        inputs["weight"] = Draw((lengths[class_axis(lengths)],), "positive")
    return Case(name, inputs, options, differentiable=differentiable)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (5, 4), indices([2, 0, 3, 3, 1]), **options)


def _soft(name: str, **options: Any) -> Case:
    return _case(name, (3, 4), Values(_PROBABILITIES), **options)


_PROBABILITIES = [[0.5, 0.25, 0.125, 0.125], [0.0, 1.0, 0.0, 0.0], [0.0625, 0.1875, 0.5, 0.25]]
_IMAGE = [[[0, 2, 1], [1, 1, 2]], [[2, 0, 0], [2, 1, 0]]]
_IGNORED = [1, -1, 2, 0, -1]


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    classes = draw(st.integers(1, 5))
    target = draw(st.lists(st.integers(-1, classes - 1), min_size=1, max_size=6))
    counted = any(index >= 0 for index in target)
    regime = draw(st.sampled_from(["normal", "small", "offset"]))
    inputs: dict[str, Recipe | None] = {"input": Draw((len(target), classes), regime), "target": indices(target)}
    if draw(st.booleans()):
        inputs["weight"] = Draw((classes,), "positive")
    options = {
        "ignore_index": -1,
        "reduction": draw(reductions) if counted else "sum",
        "label_smoothing": draw(st.sampled_from([0.0, 0.125, 0.3])),
    }
    return Case("drawn", inputs, options, draw(seeds))


CARD = OperatorCard(
    "cross_entropy",
    documented("generated/torch.nn.CrossEntropyLoss.html"),
    (
        value(
            "value",
            "By default cross_entropy is the mean over the batch of the negative log-softmax of the input at the "
            "target's class.",
            _batch("batch"),
            drawn=_drawn(),
        ),
        value(
            "large-scores",
            "Scores need not be near 0: only their differences count.",
            _batch("offset").with_inputs(input=Draw((5, 4), "offset")),
            Case(
                "far-apart",
                {"input": Values([[1000.0, -1000.0, 0.0], [-3e4, -3e4, -3e4 - 1]]), "target": indices([1, 2])},
                {"reduction": "none"},
            ),
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
            _case("default", (4, 3), indices([1, -100, 2, -100])),
            _case("outside", (5, 3), indices(_IGNORED), ignore_index=-1, weight=True),
            _case("none", (5, 3), indices(_IGNORED), ignore_index=-1, weight=True, reduction="none"),
        ),
        value(
            "all-ignored",
            "Where all targets are ignored, the sum is 0 and the mean, 0 over 0, is NaN.",
            _case("mean", (2, 3), indices([-100, -100]), differentiable=False),
            _case("sum", (2, 3), indices([-100, -100]), reduction="sum"),
        ),
        value(
            "label-smoothing",
            "label_smoothing mixes the target with the uniform distribution over all classes.",
            _batch("mean", label_smoothing=0.25),
            _batch("none", label_smoothing=0.1, reduction="none"),
            _batch("all", label_smoothing=1.0, reduction="sum"),
        ),
        value(
            "label-smoothing-weight",
            "With weights, every class of the smoothed target has its own, and the mean divides as without smoothing.",
            _batch("mean", label_smoothing=0.25, weight=True),
            _batch("none", label_smoothing=0.25, weight=True, reduction="none"),
        ),
        value(
            "label-smoothing-ignored",
            "Ignored targets are not smoothed: they lose nothing and do not count.",
            _case("mean", (5, 3), indices(_IGNORED), ignore_index=-1, label_smoothing=0.25),
            _case("weighted", (5, 3), indices(_IGNORED), ignore_index=-1, label_smoothing=0.25, weight=True),
            _case("none", (5, 3), indices(_IGNORED), ignore_index=-1, label_smoothing=0.25, reduction="none"),
        ),
        value(
            "probabilities",
            "A floating-point target of the input's shape has the probability of each class; the mean divides by the "
            "number of samples.",
            _soft("mean"),
            _soft("none", reduction="none"),
            _soft("sum", reduction="sum"),
            _case("image", (1, 2, 2, 2), Values([[[[0.5, 1.0], [0.0, 0.25]], [[0.5, 0.0], [1.0, 0.75]]]])),
        ),
        value(
            "probabilities-weight",
            "With probabilities, each class's term is multiplied by its weight, and the mean divides by the number of "
            "samples still.",
            _soft("mean", weight=True),
            _soft("none", weight=True, reduction="none"),
        ),
        value(
            "probabilities-smoothed",
            "Probabilities are smoothed towards the uniform distribution too.",
            _soft("mean", label_smoothing=0.25),
            _soft("weighted", label_smoothing=0.1, weight=True),
        ),
        value(
            "higher-dimensional",
            "Inputs (N, C, d1, d2, ...) have targets (N, d1, d2, ...), one loss for each place.",
            _case("one-more", (2, 3, 4), indices([[0, 2, 1, 1], [2, 2, 0, 1]]), weight=True),
            _case("image", (2, 3, 2, 3), indices(_IMAGE), reduction="none"),
            _case("smoothed-image", (2, 3, 2, 3), indices(_IMAGE), weight=True, ignore_index=1, label_smoothing=0.25),
        ),
        value(
            "unbatched",
            "An input (C) has a single target class, or probabilities of the same shape.",
            _case("class", (4,), indices(2)),
            _case("probabilities", (4,), Values([0.5, 0.25, 0.0, 0.25]), weight=True, reduction="none"),
        ),
        *reduction_clauses(_batch),
        output_size(_batch, "one element for each target"),
        refusal(
            "weight-size",
            "A weight that does not have one element for each class is refused.",
            _batch("one-less").with_inputs(weight=Draw((3,), "positive")),
        ),
        refusal(
            "label-smoothing-range",
            "A label_smoothing above 1 is refused.",
            _batch("above", label_smoothing=1.5),
        ),
        refusal(
            "target-type",
            "Class indices that are floating-point numbers are refused.",
            _case("floats", (3, 4), Values([2.0, 0.0, 1.0])),
        ),
        refusal(
            "batch-mismatch",
            "An input and a target of different batches are refused.",
            _case("one-less", (4, 3), indices([0, 1, 2])),
        ),
    ),
    definition=cross_entropy,
    output_shape=unreduced_shape,
    layer=Layer("CrossEntropyLoss", lambda case: dict(case.options), {"weight": "weight"}, given=("weight",)),
    nondifferentiable=("weight",),
    smooth=True,
)

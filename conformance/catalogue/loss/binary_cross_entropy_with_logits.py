"""binary_cross_entropy_with_logits: the cross entropy of two classes, of scores before the sigmoid."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, value
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
    softplus,
    weighted,
)
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded, relu, sigmoid


def _losses(input: Bounded, target: Bounded, pos_weight: Bounded | None, *, largest_first: bool) -> Bounded:
    """Return -(p y log s + (1 - y) log(1 - s)), s being the sigmoid, with one of two stable arrangements."""
    one = Bounded.constant(1.0, input.arithmetic)
    if pos_weight is not None:
        factor = difference(pos_weight, 1.0) * target + one
        return difference(one, target) * input + factor * softplus(-input)
    if largest_first:
        exact = relu(input) - input * target + (softplus(-input) - relu(-input))
    else:
        exact = difference(one, target) * input + softplus(-input)
    # In the target it is log(1 - s) - log(s): equal to -x, but who takes the logarithms is as exact as they are.
    in_target = lambda c: c * (softplus(-input) - softplus(input))  # noqa: E731
    # In the input it is s - y, or (1 - y) s - y (1 - s), whose derivative in the target is -(s + (1 - s)), rounded.
    in_input = lambda c: c * (sigmoid(input) - target * (sigmoid(input) + sigmoid(-input)))  # noqa: E731
    parents = ((input, in_input), (target, in_target))
    return Bounded(exact.value, exact.error, input.arithmetic, parents)


def binary_cross_entropy_with_logits(
    input: Bounded,
    target: Bounded,
    weight: Bounded | None = None,
    pos_weight: Bounded | None = None,
    reduction: str = "mean",
) -> Bounded:
    """Return -w (p y log s + (1 - y) log(1 - s)), s the sigmoid of x: as (1 - y) x + (1 + (p - 1) y) softplus(-x)."""
    return reduced(weighted(_losses(input, target, pos_weight, largest_first=False), weight), reduction)


def _largest_first(
    input: Bounded,
    target: Bounded,
    weight: Bounded | None = None,
    pos_weight: Bounded | None = None,
    reduction: str = "mean",
) -> Bounded:
    return reduced(weighted(_losses(input, target, pos_weight, largest_first=True), weight), reduction)


def _output_shape(
    input: tuple[int, ...],
    target: tuple[int, ...],
    weight: Any = None,
    pos_weight: Any = None,
    reduction: str = "mean",
) -> tuple[int, ...]:
    del target, weight, pos_weight
    return reduced_shape(input, reduction)


def _case(
    name: str,
    lengths: tuple[int, ...],
    *,
    weight: tuple[int, ...] | None = None,
    pos_weight: tuple[int, ...] | None = None,
    **options: Any,
) -> Case:
    made = pair(name, lengths, "normal", "probability", **options)
    made = made if weight is None else made.with_inputs(weight=Draw(weight, "positive"))
    return made if pos_weight is None else made.with_inputs(pos_weight=Draw(pos_weight, "positive"))


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (3, 5), **options)


_drawn = st.builds(
    lambda lengths, reduction, seed: Case(
        "drawn", {"input": Draw(lengths), "target": Draw(lengths, "probability")}, {"reduction": reduction}, seed
    ),
    shapes(),
    reductions,
    seeds,
)

_EXTREME = Case(
    "large-scores",
    {"input": Values([-90.0, -20.0, 20.0, 90.0] * 3), "target": Values([0.0] * 4 + [1.0] * 4 + [0.25] * 4)},
    {"reduction": "none"},
)
_EITHER = ("target-first", "largest-first")

CARD = OperatorCard(
    "binary_cross_entropy_with_logits",
    documented("generated/torch.nn.BCEWithLogitsLoss.html"),
    (
        value(
            "value",
            "By default binary_cross_entropy_with_logits is the mean over all elements of -(y log s + (1 - y) "
            "log(1 - s)), s being the sigmoid of the input.",
            _batch("batch"),
            Case(
                "hard-labels",
                {"input": Values([[0.25, -1.5, 0.5], [-0.01, 2.0, 3.0]]), "target": Values([[0, 1, 1], [0, 0, 1]])},
                {"reduction": "none"},
            ),
            drawn=_drawn,
        ),
        value(
            "stable",
            "Scores of any magnitude have a finite and exact loss, unlike a sigmoid followed by binary_cross_entropy.",
            _EXTREME,
            formulas=_EITHER,
        ),
        Statement(
            "gradient-stable",
            "Scores of any magnitude have a finite and exact gradient.",
            "gradient",
            (_EXTREME,),
            formulas=_EITHER,
        ),
        value(
            "weight",
            "With a weight, each element's loss is multiplied by its own; the mean stays over the number of elements.",
            _batch("mean", weight=(3, 5)),
            _batch("broadcast", weight=(5,), reduction="none"),
            _batch("sum", weight=(3, 1), reduction="sum"),
        ),
        value(
            "pos-weight",
            "pos_weight multiplies the term of the positive class, one factor a class, broadcast against the target.",
            _batch("classes", pos_weight=(5,)),
            _batch("elements", pos_weight=(3, 5), reduction="none"),
            _case("images", (2, 3, 2, 4), pos_weight=(3, 1, 1), reduction="none"),
            _batch("with-weight", weight=(3, 5), pos_weight=(5,)),
        ),
        *reduction_clauses(_batch),
        any_shape(_case),
        empty_sum(_case),
        output_size(_batch),
        refusal(
            "shape-mismatch",
            "A target of another shape than the input's is refused.",
            Case("another-size", {"input": Draw((3, 4)), "target": Draw((3, 5), "probability")}),
        ),
        refusal(
            "pos-weight-size",
            "A pos_weight that does not broadcast against the target is refused.",
            _batch("too-many", pos_weight=(4,)),
        ),
    ),
    definition=binary_cross_entropy_with_logits,
    formulas=(
        Formula("target-first", "(1 - y) x + log(1 + exp(-x))", binary_cross_entropy_with_logits),
        Formula("largest-first", "max(0, x) - x y + log(1 + exp(-|x|))", _largest_first),
    ),
    output_shape=_output_shape,
    layer=Layer(
        "BCEWithLogitsLoss",
        lambda case: dict(case.options),
        {"weight": "weight", "pos_weight": "pos_weight"},
        given=("weight", "pos_weight"),
    ),
    keywords=("weight", "pos_weight"),
    nondifferentiable=("weight", "pos_weight"),
    smooth=True,
)

"""mse_loss: the mean squared error."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.catalogue.loss._shared import paired_shape, reduced, weighted
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, total


def mse_loss(input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean") -> Bounded:
    """Return the squared differences, or their mean or sum over all elements."""
    return reduced(weighted((input - target).square(), weight), reduction)


def _over_weights(input: Bounded, target: Bounded, weight: Bounded | None = None, reduction: str = "mean") -> Bounded:
    if weight is None or reduction != "mean":
        return mse_loss(input, target, weight, reduction)
    return mse_loss(input, target, weight, "sum") / total(weight)


def _weighted(name: str, **options: Any) -> Case:
    inputs = {"input": Draw((3, 4)), "target": Draw((3, 4)), "weight": Draw((3, 4), "positive")}
    return Case(name, inputs, options)


def _case(name: str, lengths: tuple[int, ...], regime: str = "normal", **options: Any) -> Case:
    return Case(name, {"input": Draw(lengths, regime), "target": Draw(lengths, regime)}, options)


_drawn = st.builds(
    lambda lengths, regime, reduction, seed: Case(
        "drawn", {"input": Draw(lengths, regime), "target": Draw(lengths, regime)}, {"reduction": reduction}, seed
    ),
    shapes(),
    regimes,
    st.sampled_from(["none", "mean", "sum"]),
    seeds,
)

_broadcast = Case("row-to-batch", {"input": Draw((3, 4)), "target": Draw((4,))})

_FUNCTION = documented("generated/torch.nn.functional.mse_loss.html")
_WEIGHTED = (_weighted("none", reduction="none"), _weighted("sum", reduction="sum"))
_WEIGHTED_MEAN = (_weighted("mean"),)
_EITHER_MEAN = ("over-elements", "over-weights")

CARD = OperatorCard(
    "mse_loss",
    documented("generated/torch.nn.MSELoss.html"),
    (
        value(
            "value",
            "By default mse_loss is the mean over all elements, not over the batch, of the squared differences.",
            _case("batch", (4, 3)),
            _case("three-dimensions", (2, 3, 5)),
            _case("large-and-close", (5, 4), "offset"),
            replace(_case("many-elements", (3000,)), only_halves=True),
            drawn=_drawn,
        ),
        value(
            "reduction-none",
            "With reduction='none' the squared differences are returned, element by element.",
            _case("none", (3, 5), reduction="none"),
        ),
        value(
            "reduction-sum",
            "With reduction='sum' the squared differences are summed.",
            _case("sum", (3, 5), reduction="sum"),
            _case("sum-of-many", (7, 60), reduction="sum"),
        ),
        value(
            "any-shape",
            "Input and target may have any number of dimensions, none included.",
            _case("no-dimension", ()),
            _case("one-element", (1,)),
        ),
        value(
            "broadcasts",
            "A target of another shape is broadcast against the input.",
            _broadcast,
            Case("column-to-matrix", {"input": Draw((3, 1)), "target": Draw((3, 5))}, {"reduction": "none"}),
            Case("mean-of-the-larger", {"input": Draw((4,)), "target": Draw((3, 4))}),
            link=_FUNCTION,
        ),
        value(
            "empty-sum",
            "The sum over no elements is 0.",
            _case("empty", (0, 3), reduction="sum"),
        ),
        value(
            "weight",
            "With a weight, each squared difference is multiplied by its own.",
            *_WEIGHTED,
            link=_FUNCTION,
            formulas=("over-elements",),
        ),
        value(
            "weight-mean",
            "With a weight, the mean is of the weighted squared differences.",
            *_WEIGHTED_MEAN,
            link=_FUNCTION,
            formulas=_EITHER_MEAN,
        ),
        Statement(
            "gradient-weight",
            "With a weight, the gradient is that of the weighted squared differences.",
            "gradient",
            (*_WEIGHTED, *_WEIGHTED_MEAN),
            formulas=_EITHER_MEAN,
            link=_FUNCTION,
        ),
        shape(
            "output-size",
            "The output is a scalar unless reduction is 'none', when it has the input's shape.",
            _case("mean", (2, 3)),
            _case("sum", (2, 3), reduction="sum"),
            _case("none", (2, 3), reduction="none"),
        ),
        Statement(
            "size-mismatch-warns",
            "A target whose size is not the input's, though they broadcast, is warned of.",
            "warning",
            (_broadcast,),
            link=_FUNCTION,
        ),
        refusal(
            "reduction-name",
            "A reduction other than 'none', 'mean' and 'sum' is refused.",
            _case("unknown", (2, 3), reduction="average"),
        ),
        refusal(
            "shape-mismatch",
            "Shapes that do not broadcast are refused.",
            Case("incompatible", {"input": Draw((3, 4)), "target": Draw((5,))}),
        ),
    ),
    definition=mse_loss,
    formulas=(
        Formula("over-elements", "a weighted mean divides by the number of elements", mse_loss),
        Formula("over-weights", "a weighted mean divides by the sum of the weights", _over_weights),
    ),
    output_shape=paired_shape,
    layer=Layer("MSELoss", lambda case: dict(case.options)),
    keywords=("weight",),
    smooth=True,
)

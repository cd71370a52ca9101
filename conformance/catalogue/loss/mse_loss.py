"""mse_loss: the mean squared error."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, mean, total


def mse_loss(input: Bounded, target: Bounded, reduction: str = "mean") -> Bounded:
    """Return the squared differences, or their mean or sum over all elements."""
    squares = (input - target).square()
    return squares if reduction == "none" else {"mean": mean, "sum": total}[reduction](squares)


def _output_shape(input: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean") -> tuple[int, ...]:
    return tuple(np.broadcast_shapes(input, target)) if reduction == "none" else ()


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
            link=documented("generated/torch.nn.functional.mse_loss.html"),
        ),
        value(
            "empty-sum",
            "The sum over no elements is 0.",
            _case("empty", (0, 3), reduction="sum"),
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
            link=documented("generated/torch.nn.functional.mse_loss.html"),
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
    output_shape=_output_shape,
    layer=Layer("MSELoss", lambda case: dict(case.options)),
)

"""relu: the rectified linear unit."""

from __future__ import annotations

from conformance import oracle
from conformance.card import Layer, OperatorCard, Statement, value
from conformance.case import Case
from conformance.catalogue._strategies import elementwise
from conformance.catalogue.activation._shared import in_place
from conformance.clause import documented
from conformance.data import Draw, Values
from conformance.oracle import Bounded


def relu(input: Bounded, inplace: bool = False) -> Bounded:
    """Return max(0, x) for every element x."""
    del inplace
    return oracle.relu(input)


CARD = OperatorCard(
    "relu",
    documented("generated/torch.nn.ReLU.html"),
    (
        value(
            "value",
            "relu(x) = max(0, x), element by element.",
            Case("both-signs", {"input": Draw((3, 7))}),
            Case("many-magnitudes", {"input": Draw((2, 3, 5), "wide")}),
            drawn=elementwise(),
        ),
        value(
            "any-shape",
            "The input may have any number of dimensions, none and empty ones included, and the output has its shape.",
            Case("no-dimension", {"input": Values(-1.5)}),
            Case("one-element", {"input": Values([2.5])}),
            Case("four-dimensions", {"input": Draw((2, 3, 1, 5))}),
            Case("empty-batch", {"input": Draw((0, 4))}),
        ),
        value(
            "infinities",
            "relu takes positive infinity to itself and negative infinity to 0.",
            Case("infinities", {"input": Values([-float("inf"), -0.0, 0.0, float("inf")])}, differentiable=False),
        ),
        in_place("relu"),
        Statement(
            "gradient-at-zero",
            "The derivative of relu at 0 is 0, the subgradient of least norm.",
            "gradient",
            (Case("zeros", {"input": Values([[0.0, -1.0, 2.0], [-0.0, 0.0, -3.0]])}),),
            link=documented("notes/autograd.html#gradients-for-non-differentiable-functions"),
        ),
    ),
    definition=relu,
    selects=True,
    output_shape=lambda input, **_: input,
    layer=Layer("ReLU", lambda case: dict(case.options)),
)

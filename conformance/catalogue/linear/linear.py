"""linear: the affine map of the last dimension."""

from __future__ import annotations

from math import prod
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._initial import weight_and_bias
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, Contraction, broadcast_to, reshape


def linear(input: Bounded, weight: Bounded, bias: Bounded | None = None) -> Bounded:
    """Return x A^T + b over the last dimension of ``input``.

    Shapes: input (*, in_features), weight (out_features, in_features), bias (out_features), output (*, out_features).
    """
    rows, features = prod(input.shape[:-1]), weight.shape[0]
    shapes = ((rows, input.shape[-1]), weight.shape, (rows, features))
    product = Contraction(("ni", "oi", "no"), "matmul", shapes)
    addend = None if bias is None else broadcast_to(bias, (rows, features))
    return reshape(product(reshape(input, shapes[0]), weight, addend), (*input.shape[:-1], features))


def _output_shape(
    input: tuple[int, ...], weight: tuple[int, ...], bias: tuple[int, ...] | None = None
) -> tuple[int, ...]:
    del bias
    return (*input[:-1], weight[0])


def _inputs(leading: tuple[int, ...], inward: int, outward: int, *, bias: bool = True, regime: str = "normal") -> Any:
    return {
        "input": Draw((*leading, inward), regime),
        "weight": Draw((outward, inward), regime),
        "bias": Draw((outward,), regime) if bias else None,
    }


_drawn = st.builds(
    lambda leading, inward, outward, bias, regime, seed: Case(
        "drawn", _inputs(leading, inward, outward, bias=bias, regime=regime), seed=seed
    ),
    shapes(0, 3),
    st.integers(1, 40),
    st.integers(1, 9),
    st.booleans(),
    regimes,
    seeds,
)

CARD = OperatorCard(
    "linear",
    documented("generated/torch.nn.Linear.html"),
    (
        value(
            "value",
            "linear multiplies each row by the transposed weight and adds the bias: y = x A^T + b.",
            Case("three-rows", _inputs((3,), 5, 4)),
            Case("square", _inputs((2,), 3, 3)),
            Case("long-rows", _inputs((2,), 576, 3)),
            Case("many-magnitudes", _inputs((4,), 19, 7, regime="wide")),
            drawn=_drawn,
        ),
        value(
            "leading-dimensions",
            "The input may have any number of leading dimensions, none included, and the output keeps them.",
            Case("none", _inputs((), 5, 4)),
            Case("two", _inputs((2, 3), 5, 4)),
            Case("three", _inputs((2, 1, 3), 4, 2)),
        ),
        value("no-bias", "Without a bias nothing is added.", Case("no-bias", _inputs((3,), 6, 4, bias=False))),
        value(
            "single-feature",
            "The numbers of input and of output features may each be one.",
            Case("one-in", _inputs((3,), 1, 4)),
            Case("one-out", _inputs((3,), 4, 1)),
        ),
        value(
            "empty-batch",
            "A batch of no rows gives a batch of no rows.",
            Case("empty", _inputs((0,), 5, 4)),
            Case("empty-inside", _inputs((2, 0), 5, 4)),
        ),
        shape(
            "output-size",
            "The output has the input's shape but for the last dimension, which is out_features.",
            Case("one-row", _inputs((1,), 7, 3)),
            Case("square", _inputs((3,), 3, 3)),
            Case("three-leading", _inputs((2, 3, 5), 4, 6)),
        ),
        refusal(
            "feature-mismatch",
            "An input whose last dimension is not in_features is refused.",
            Case("too-short", {"input": Draw((3, 4)), "weight": Draw((2, 5)), "bias": Draw((2,))}),
            Case("transposed", {"input": Draw((3, 5)), "weight": Draw((5, 4)), "bias": None}),
        ),
        *weight_and_bias("1 / in_features", 3, "Linear", {"in_features": 3, "out_features": 8000}, (8000, 3), (8000,)),
    ),
    definition=linear,
    output_shape=_output_shape,
    layer=Layer(
        "Linear",
        lambda case: {
            "in_features": case.shape("weight")[1],
            "out_features": case.shape("weight")[0],
            "bias": case.inputs["bias"] is not None,
        },
        {"weight": "weight", "bias": "bias"},
    ),
    contraction="matmul",
    smooth=True,
)

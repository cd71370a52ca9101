"""bilinear: a sum over all pairs of features of two inputs."""

from __future__ import annotations

from math import prod

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._initial import weight_and_bias
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, Contraction, broadcast_to, reshape


def bilinear(input1: Bounded, input2: Bounded, weight: Bounded, bias: Bounded | None = None) -> Bounded:
    """Return x1^T A x2 + b for each pair of rows, one sum over all pairs of features, in any order.

    Shapes: input1 (*, in1), input2 (*, in2), weight (out, in1, in2), bias (out), output (*, out).
    """
    rows, (features, first, second) = prod(input1.shape[:-1]), weight.shape
    pairs = (rows, features, first, second)
    left = broadcast_to(reshape(input1, (rows, 1, first, 1)), pairs)
    right = broadcast_to(reshape(input2, (rows, 1, 1, second)), pairs)
    form = Contraction(("noij", "oij", "no"), "matmul", (pairs, weight.shape, (rows, features)))
    addend = None if bias is None else broadcast_to(bias, (rows, features))
    return reshape(form(left * right, weight, addend), (*input1.shape[:-1], features))


def _output_shape(
    input1: tuple[int, ...], input2: tuple[int, ...], weight: tuple[int, ...], bias: tuple[int, ...] | None = None
) -> tuple[int, ...]:
    del input2, bias
    return (*input1[:-1], weight[0])


def _case(
    name: str,
    leading: tuple[int, ...],
    lengths: tuple[int, int, int],
    regime: str = "normal",
    seed: int = 0,
    *,
    bias: bool = True,
) -> Case:
    first, second, features = lengths
    inputs = {
        "input1": Draw((*leading, first), regime),
        "input2": Draw((*leading, second), regime),
        "weight": Draw((features, first, second), regime),
        "bias": Draw((features,), regime) if bias else None,
    }
    return Case(name, inputs, seed=seed)


_drawn = st.builds(
    lambda leading, lengths, regime, seed, bias: _case("drawn", leading, lengths, regime, seed, bias=bias),
    shapes(1, 3),
    st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 4)),
    regimes,
    seeds,
    st.booleans(),
)

CARD = OperatorCard(
    "bilinear",
    documented("generated/torch.nn.Bilinear.html"),
    (
        value(
            "value",
            "Each output feature is the first input's row times the feature's matrix times the second input's row, "
            "plus the bias: y = x1^T A x2 + b.",
            _case("three-rows", (3,), (4, 2, 3)),
            _case("square", (2,), (3, 3, 3)),
            _case("many-magnitudes", (2,), (5, 4, 3), "wide"),
            drawn=_drawn,
        ),
        value(
            "leading-dimensions",
            "The inputs may have any number of leading dimensions, none included, and the output keeps them.",
            _case("none", (), (3, 2, 4)),
            _case("two", (2, 3), (3, 2, 4)),
            _case("three", (2, 1, 3), (2, 3, 2)),
        ),
        value("no-bias", "Without a bias nothing is added.", _case("no-bias", (3,), (3, 4, 2), bias=False)),
        value("single-feature", "Each number of features may be one.", _case("ones", (3,), (1, 1, 1))),
        value("empty-batch", "A batch of no rows gives a batch of no rows.", _case("empty", (0,), (3, 2, 4))),
        shape(
            "output-size",
            "The output has the inputs' shape but for the last dimension, which is out_features.",
            _case("one-row", (1,), (3, 2, 4)),
            _case("three-leading", (2, 3, 5), (2, 3, 4)),
        ),
        refusal(
            "row-mismatch",
            "Inputs that differ in another dimension than the last are refused.",
            Case("two-and-three", {"input1": Draw((2, 3)), "input2": Draw((3, 3)), "weight": Draw((2, 3, 3))}),
        ),
        refusal(
            "feature-mismatch",
            "An input whose last dimension is not that of the weight is refused.",
            Case("first", {"input1": Draw((2, 4)), "input2": Draw((2, 3)), "weight": Draw((2, 3, 3))}),
            Case("second", {"input1": Draw((2, 3)), "input2": Draw((2, 2)), "weight": Draw((2, 3, 3))}),
        ),
        *weight_and_bias(
            "1 / in1_features",
            3,
            "Bilinear",
            {"in1_features": 3, "in2_features": 5, "out_features": 4000},
            (4000, 3, 5),
            (4000,),
        ),
    ),
    definition=bilinear,
    output_shape=_output_shape,
    layer=Layer(
        "Bilinear",
        lambda case: {
            "in1_features": case.shape("weight")[1],
            "in2_features": case.shape("weight")[2],
            "out_features": case.shape("weight")[0],
            "bias": case.inputs["bias"] is not None,
        },
        {"weight": "weight", "bias": "bias"},
    ),
    contraction="matmul",
    contracted=("input1", "weight"),
    smooth=True,
)

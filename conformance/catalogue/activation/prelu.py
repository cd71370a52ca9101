"""prelu: the leaky rectifier whose slopes are learnt, one in all or one a channel."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._initial import begins, everywhere
from conformance.catalogue._strategies import regimes, seeds, shapes
from conformance.catalogue.activation._shared import at_kink, same_shape
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.initial import Beginning
from conformance.oracle import Bounded, reshape, where


def prelu(input: Bounded, weight: Bounded) -> Bounded:
    """Return x for positive x and a x elsewhere, a being the weight of the channel, the second dimension.

    Shapes: input (N, C, *) or (N, C), or of fewer dimensions with a single weight; weight (C,), (1,) or ().
    """
    spread = (1, weight.size, *(1 for _ in input.shape[2:])) if weight.size > 1 else ()
    return where(input > 0.0, input, input * reshape(weight, spread))


def _case(name: str, lengths: tuple[int, ...], slopes: int | Recipe, regime: str = "normal", **others: Any) -> Case:
    weight = Draw((slopes,)) if isinstance(slopes, int) else slopes
    return Case(name, {"input": Draw(lengths, regime), "weight": weight}, **others)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    lengths = draw(shapes(0, 3))
    slopes = lengths[1] if len(lengths) > 1 and lengths[1] > 0 and draw(st.booleans()) else 1
    return _case("drawn", lengths, slopes, draw(regimes), seed=draw(seeds))


CARD = OperatorCard(
    "prelu",
    documented("generated/torch.nn.PReLU.html"),
    (
        value(
            "value",
            "prelu(x) = max(0, x) + a * min(0, x), element by element, where a is learnt.",
            _case("one-slope", (3, 4, 2), 1),
            _case("many-magnitudes", (3, 5), 1, "wide"),
            drawn=_drawn(),
        ),
        value(
            "per-channel",
            "With several weights, each belongs to one channel, and the channels are the second dimension.",
            _case("matrix", (4, 3), 3),
            _case("square", (3, 3, 2), 3),
            _case("image", (2, 3, 4, 5), 3),
        ),
        value(
            "no-channels",
            "An input of fewer than two dimensions has no channels and takes a single weight.",
            _case("vector", (7,), 1),
            _case("scalar", (), 1),
        ),
        value(
            "scalar-weight",
            "The weight may be a scalar.",
            _case("scalar-weight", (3, 4), Values(0.3)),
            link=documented("generated/torch.nn.functional.prelu.html"),
            formulas=("documented",),  # kept from the laws of layers: a layer's weight has one dimension
        ),
        value("empty-batch", "A batch of nothing gives a batch of nothing.", _case("empty", (0, 3, 2), 3)),
        refusal(
            "channel-mismatch",
            "A weight whose length is neither 1 nor the number of channels is refused.",
            _case("too-few", (2, 4, 3), 3),
            _case("last-dimension", (2, 3, 4), 4),
            _case("vector", (4,), 4),
            link=documented("generated/torch.nn.functional.prelu.html"),
        ),
        refusal(
            "weight-dimensions",
            "A weight of more than one dimension is refused.",
            Case("matrix", {"input": Draw((2, 4)), "weight": Draw((1, 4))}),
            link=documented("generated/torch.nn.functional.prelu.html"),
        ),
        at_kink(
            "gradient-at-zero",
            "With weights between 0 and 1 prelu is convex, and its derivative at 0 is the one of least norm, the "
            "weight; that of the weight is 0 there.",
            Case("zeros", {"input": Values([[0.0, -1.0], [-0.0, 0.0], [2.0, 0.0]]), "weight": Values([0.25, 0.75])}),
        ),
        begins(
            "initial-weight",
            "A new layer's slopes are init, which is 0.25 unless it is given, for each of num_parameters, which is 1.",
            Beginning("default", "PReLU", {}, "weight", (1,), everywhere(0.25)),
            Beginning("given", "PReLU", {"num_parameters": 3, "init": 0.7}, "weight", (3,), everywhere(0.7)),
        ),
    ),
    definition=prelu,
    output_shape=same_shape,
    layer=Layer("PReLU", lambda case: {"num_parameters": case.shape("weight")[0]}, {"weight": "weight"}),
)

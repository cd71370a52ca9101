"""calculate_gain: the factor by which a nonlinearity wants the deviation of initial values enlarged."""

from __future__ import annotations

from conformance.card import InitializerCard, Statement
from conformance.clause import documented
from conformance.initial import Gain
from conformance.oracle import Arithmetic, Bounded, sqrt


def gain(shape: tuple[int, ...], arithmetic: Arithmetic, nonlinearity: str, parameter: float | None = None) -> Bounded:
    """Return the gain of the table of https://docs.pytorch.org/docs/stable/nn.init.html."""
    del shape
    one, two = Bounded.constant(1.0, arithmetic), Bounded.constant(2.0, arithmetic)
    if nonlinearity == "tanh":
        return Bounded.constant(5.0, arithmetic) / 3.0
    if nonlinearity == "relu":
        return sqrt(two)
    if nonlinearity == "leaky_relu":
        slope = Bounded.constant(0.0 if parameter is None else parameter, arithmetic)
        return sqrt(two / (slope.square() + 1.0))
    if nonlinearity == "selu":
        return Bounded.constant(0.75, arithmetic)
    return one


def _gain(behaviour: str, sentence: str, *cases: Gain) -> Statement:
    return Statement(behaviour, sentence, "gain", cases)


CARD = InitializerCard(
    "calculate_gain",
    documented("nn.init.html#torch.nn.init.calculate_gain"),
    (
        _gain("linear", "The gain of linear is 1.", Gain("linear", "linear")),
        _gain(
            "convolution",
            "The gain of convolutions is 1.",
            *(Gain(f"dimensions-{d}", f"conv{d}d") for d in (1, 2, 3)),
        ),
        _gain("sigmoid", "The gain of sigmoid is 1.", Gain("sigmoid", "sigmoid")),
        _gain("tanh", "The gain of tanh is 5/3.", Gain("tanh", "tanh")),
        _gain("relu", "The gain of relu is the square root of 2.", Gain("relu", "relu")),
        _gain(
            "leaky-relu",
            "The gain of leaky_relu is the square root of 2 over 1 plus the square of its negative slope.",
            Gain("two", "leaky_relu", 2.0),
            Gain("fifth", "leaky_relu", 0.2),
            Gain("zero", "leaky_relu", 0.0),
            Gain("negative", "leaky_relu", -1.5),
        ),
        _gain("selu", "The gain of selu is 3/4.", Gain("selu", "selu")),
        Statement(
            "unknown",
            "A nonlinearity that is not in the table is refused.",
            "gain_refusal",
            (Gain("misspelt", "rellu"), Gain("capital", "ReLU")),
            link="https://github.com/pytorch/pytorch/blob/v2.13.0/torch/nn/init.py",
        ),
    ),
    values=gain,
)

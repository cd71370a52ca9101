"""rnn: Elman recurrences over sequences."""

from __future__ import annotations

from typing import Any

from conformance.card import LayerCard, layer
from conformance.catalogue.recurrent._cases import Layers
from conformance.catalogue.recurrent._clauses import of_layers, refusal
from conformance.catalogue.recurrent._layered import parameters, recurrent
from conformance.catalogue.recurrent._shared import RELU, RNN
from conformance.clause import documented
from conformance.oracle import Bounded

_MADE = Layers(RNN)
_case = _MADE.case


def rnn(input: Bounded, h_0: Bounded | None = None, nonlinearity: str = "tanh", **given: Any) -> tuple[Bounded, ...]:
    """Return the output (L, N, D * hidden_size) and h_n (D * num_layers, N, hidden_size)."""
    return recurrent({"tanh": RNN, "relu": RELU}[nonlinearity], input, {"h_0": h_0}, given)


CARD = LayerCard(
    "rnn",
    documented("generated/torch.nn.RNN.html"),
    (
        layer(
            "value",
            "At each step h' = tanh(W_ih x + b_ih + W_hh h + b_hh).",
            _case("three-steps"),
            _case("one-step", (1, 3, 2)),
            _case("large-weights", (2, 2, 3), 3, regime="normal"),
        ),
        layer(
            "nonlinearity",
            "With nonlinearity='relu' the hidden state is the positive part, in place of the tanh.",
            _case("relu", (3, 2, 3), 4, nonlinearity="relu"),
            _case("relu-two-layers", (2, 2, 3), 3, nonlinearity="relu", num_layers=2, bias=False),
        ),
        refusal(
            "unknown-nonlinearity",
            "A nonlinearity that is neither 'tanh' nor 'relu' is refused.",
            _case("sigmoid", nonlinearity="sigmoid"),
        ),
        *of_layers(_MADE, "RNN"),
    ),
    definition=rnn,
    layer=_MADE.layer("RNN"),
    output_shapes=_MADE.output_shapes,
    parameters=lambda **options: parameters(RNN, **options),
)

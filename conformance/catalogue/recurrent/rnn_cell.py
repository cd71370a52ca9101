"""rnn_cell: one step of an Elman recurrence."""

from __future__ import annotations

from typing import Any

from conformance.card import LayerCard, layer
from conformance.catalogue.recurrent._cases import Cells
from conformance.catalogue.recurrent._clauses import of_cells, refusal
from conformance.catalogue.recurrent._shared import RELU, RNN, cell
from conformance.clause import documented
from conformance.oracle import Bounded

_MADE = Cells(RNN)
_case = _MADE.case


def rnn_cell(
    input: Bounded, h_0: Bounded | None = None, nonlinearity: str = "tanh", **given: Any
) -> tuple[Bounded, ...]:
    """Return h', (N, hidden_size) or (hidden_size)."""
    return cell({"tanh": RNN, "relu": RELU}[nonlinearity], input, {"h_0": h_0}, given)


CARD = LayerCard(
    "rnn_cell",
    documented("generated/torch.nn.RNNCell.html"),
    (
        layer(
            "value",
            "h' = tanh(W_ih x + b_ih + W_hh h + b_hh).",
            _case("batch"),
            _case("large-weights", (2, 3), 3, regime="normal"),
        ),
        layer(
            "nonlinearity",
            "With nonlinearity='relu' the hidden state is the positive part, in place of the tanh.",
            _case("relu", (3, 3), 4, nonlinearity="relu"),
        ),
        refusal(
            "unknown-nonlinearity",
            "A nonlinearity that is neither 'tanh' nor 'relu' is refused.",
            _case("sigmoid", nonlinearity="sigmoid"),
        ),
        *of_cells(_MADE, "RNNCell"),
    ),
    definition=rnn_cell,
    layer=_MADE.layer("RNNCell"),
    output_shapes=_MADE.output_shapes,
    parameters=_MADE.parameters,
)

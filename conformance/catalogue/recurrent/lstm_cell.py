"""lstm_cell: one step of long short-term memory."""

from __future__ import annotations

from typing import Any

from conformance.card import LayerCard, layer
from conformance.catalogue.recurrent._cases import Cells
from conformance.catalogue.recurrent._clauses import of_cells
from conformance.catalogue.recurrent._shared import LSTM, cell
from conformance.clause import documented
from conformance.oracle import Bounded

_MADE = Cells(LSTM)
_case = _MADE.case


def lstm_cell(
    input: Bounded, h_0: Bounded | None = None, c_0: Bounded | None = None, **given: Any
) -> tuple[Bounded, ...]:
    """Return h' and c', each (N, hidden_size) or (hidden_size)."""
    return cell(LSTM, input, {"h_0": h_0, "c_0": c_0}, given)


CARD = LayerCard(
    "lstm_cell",
    documented("generated/torch.nn.LSTMCell.html"),
    (
        layer(
            "value",
            "c' = f c + i g and h' = o tanh(c'): the gates i, f and o are sigmoids and g is a tanh of "
            "W x + b + W h + b, with rows in the order i, f, g, o.",
            _case("batch"),
            _case("large-weights", (2, 3), 3, regime="normal"),
        ),
        *of_cells(_MADE, "LSTMCell"),
    ),
    definition=lstm_cell,
    layer=_MADE.layer("LSTMCell"),
    output_shapes=_MADE.output_shapes,
    parameters=_MADE.parameters,
)

"""gru_cell: one step of a gated recurrent unit."""

from __future__ import annotations

from typing import Any

from conformance.card import LayerCard, layer
from conformance.catalogue.recurrent._cases import Cells
from conformance.catalogue.recurrent._clauses import of_cells
from conformance.catalogue.recurrent._shared import GRU, cell
from conformance.clause import documented
from conformance.oracle import Bounded

_MADE = Cells(GRU)
_case = _MADE.case


def gru_cell(input: Bounded, h_0: Bounded | None = None, **given: Any) -> tuple[Bounded, ...]:
    """Return h', (N, hidden_size) or (hidden_size)."""
    return cell(GRU, input, {"h_0": h_0}, given)


CARD = LayerCard(
    "gru_cell",
    documented("generated/torch.nn.GRUCell.html"),
    (
        layer(
            "value",
            "h' = (1 - z) n + z h: the gates r and z are sigmoids of W x + b + W h + b and n is a tanh; rows are in "
            "the order r, z, n.",
            _case("batch"),
            _case("large-weights", (2, 3), 3, regime="normal"),
        ),
        layer(
            "reset-gate",
            "The reset gate multiplies W_hn h + b_hn, after the matrix product and the bias.",
            _case("batch", (2, 2), 3, regime="normal"),
        ),
        *of_cells(_MADE, "GRUCell"),
    ),
    definition=gru_cell,
    layer=_MADE.layer("GRUCell"),
    output_shapes=_MADE.output_shapes,
    parameters=_MADE.parameters,
)

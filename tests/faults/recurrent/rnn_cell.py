"""Slips of rnn_cell."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.recurrent import _cells
from tests.faults.recurrent.rnn import step_faults

FAULTS = (
    *_cells.of("rnn_cell", "RNNCell"),
    *_cells.of_parameters("rnn_cell"),
    *step_faults("rnn_cell"),
    Fault(
        "any-nonlinearity",
        "rnn_cell.unknown-nonlinearity",
        edited(
            "operators.recurrent.rnn_cell:RNNCell.forward",
            ("NONLINEARITIES.get(self.nonlinearity)", "NONLINEARITIES.get(self.nonlinearity, RnnTanhBackward0)"),
        ),
    ),
)

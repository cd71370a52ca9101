"""Slips of lstm_cell."""

from __future__ import annotations

from tests.faults.recurrent import _cells
from tests.faults.recurrent.lstm import step_faults

FAULTS = (*_cells.of("lstm_cell", "LSTMCell"), *_cells.of_parameters("lstm_cell"), *step_faults("lstm_cell"))

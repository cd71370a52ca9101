"""Slips of gru_cell."""

from __future__ import annotations

from tests.faults.recurrent import _cells
from tests.faults.recurrent.gru import step_faults

FAULTS = (*_cells.of("gru_cell", "GRUCell"), *_cells.of_parameters("gru_cell"), *step_faults("gru_cell"))

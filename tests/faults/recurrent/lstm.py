"""Slips of lstm."""

from __future__ import annotations

from typing import Any

from adapters.reference.arithmetic.indexing import getitem
from conformance.strength import Fault
from tests.faults._planting import edited, method
from tests.faults.recurrent import _cells, _layers
from tests.faults.recurrent._layers import others

_STEP = "operators.recurrent.lstm_cell:LstmBackward0"
BOTH = ("lstm.*", "lstm_cell.*")


def _cell_cut(right: Any, self: Any, finals: Any) -> Any:
    """Give the cell state as many features as the hidden state has."""
    if self.proj_size:
        finals = [finals[0], getitem(finals[1], (..., slice(self.proj_size)))]
    return right(self, finals)


def step_faults(card: str) -> tuple[Fault, ...]:
    """Return the slips of one step, as the clauses of ``card`` catch them."""
    return (
        Fault(
            "input-and-forget-gate-swapped",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("i, f, g, o = (own", "f, i, g, o = (own")),
            BOTH,
        ),
        Fault(
            "second-bias-omitted",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("weight_ih, bias_ih, bias_hh)", "weight_ih, bias_ih)")),
            BOTH,
        ),
        Fault(
            "cell-state-not-bent",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("new = o * bent[rows]", "new = o * cell[:count]")),
            BOTH,
        ),
        Fault(
            "forget-gate-not-differentiated-through",
            f"{card}.gradient",
            edited(f"{_STEP}.backward", ("memory[:count] = cell * f", "memory[:count] = cell")),
            others(("lstm", "lstm_cell"), f"{card}.gradient", "gradient gradient-alone"),
        ),
        Fault(
            "output-gate-left-out-of-the-cell",
            f"{card}.gradient",
            edited(f"{_STEP}.backward", ("hidden * o * (1 - bent", "hidden * (1 - bent")),
            others(("lstm", "lstm_cell"), f"{card}.gradient", "gradient gradient-alone"),
        ),
    )


FAULTS = (
    *_layers.of("lstm"),
    *_cells.of_parameters("lstm"),
    *step_faults("lstm"),
    *_cells.pure("lstm", "lstm_cell", f"{_STEP}.forward", ("h.copy(), c.copy()", "h, c")),
    Fault(
        "projection-squashed",
        "lstm.projection",
        edited(f"{_STEP}.forward", ("new @ weight_hr.T", "np.tanh(new @ weight_hr.T)")),
        ("lstm.gradient",),
    ),
    Fault(
        "projection-gradient-forgets-the-gate",
        "lstm.gradient",
        edited(f"{_STEP}.backward", ("(gates[:, 3 * size :] * bent)", "bent")),
    ),
    Fault(
        "recurrent-weight-of-hidden-size",
        "lstm.projection-parameters",
        edited(f"{_layers.LAYERS}._shapes", ("(rows, self._features())", "(rows, self.hidden_size)")),
        ("lstm.projection*", "lstm.gradient"),
    ),
    Fault(
        "cell-state-projected-too",
        "lstm.projection-shape",
        method(f"{_layers.LAYERS}._handed", _cell_cut),
        ("lstm.projection", "lstm.gradient"),
    ),
    Fault(
        "projection-to-as-many",
        "lstm.projection-size",
        edited(_layers.OPTIONS, ("0 <= proj_size < hidden_size", "0 <= proj_size <= hidden_size")),
    ),
)

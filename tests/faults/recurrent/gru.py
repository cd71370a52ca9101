"""Slips of gru."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited
from tests.faults.recurrent import _cells, _layers
from tests.faults.recurrent._layers import others

_STEP = "operators.recurrent.gru_cell:GruBackward0"
BOTH = ("gru.*", "gru_cell.*")

_RESET_FIRST = (
    "n += r * candidate[rows]",
    "n += (r * before[rows]) @ weight_hh[2 * size :].T + (0 if bias_hh is None else bias_hh[2 * size :])",
)
_BIAS_NOT_RESET = (
    "n += r * candidate[rows]",
    "n += r * candidate[rows] + (0 if bias_hh is None else (1 - r) * bias_hh[2 * size :])",
)


def step_faults(card: str) -> tuple[Fault, ...]:
    """Return the slips of one step, as the clauses of ``card`` catch them."""
    return (
        Fault(
            "reset-and-update-gate-swapped",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("r, z, n = (own", "z, r, n = (own")),
            BOTH,
        ),
        Fault(
            "update-gate-the-other-way",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("(1 - z) * n + z * last[:count]", "z * n + (1 - z) * last[:count]")),
            BOTH,
        ),
        Fault("reset-before-the-product", f"{card}.reset-gate", edited(f"{_STEP}.forward", _RESET_FIRST), BOTH),
        Fault("bias-not-reset", f"{card}.reset-gate", edited(f"{_STEP}.forward", _BIAS_NOT_RESET), BOTH),
        Fault(
            "recurrent-bias-differentiated-as-the-other",
            f"{card}.gradient",
            edited(f"{_STEP}.backward", ("inner_bias, outer_bias\n", "inner_bias, inner_bias\n")),
            others(("gru", "gru_cell"), f"{card}.gradient", "gradient gradient-alone"),
        ),
        Fault(
            "update-gate-left-out-of-the-state",
            f"{card}.gradient",
            edited(f"{_STEP}.backward", ("hidden * z + recurrent", "hidden + recurrent")),
            others(("gru", "gru_cell"), f"{card}.gradient", "gradient gradient-alone"),
        ),
    )


FAULTS = (
    *_layers.of("gru"),
    *_cells.of_parameters("gru"),
    *step_faults("gru"),
    *_cells.pure("gru", "gru_cell", f"{_STEP}.forward", ("h.copy()", "h")),
)

"""Slips of rnn."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import backward, edited, method
from tests.faults.recurrent import _cells, _layers
from tests.faults.recurrent._layers import others

_STEP = "operators.recurrent.rnn_cell:RnnTanhBackward0"
BOTH = ("rnn.*", "rnn_cell.*")


def _any_nonlinearity(right: Any, self: Any, *arguments: Any, **options: Any) -> None:
    """Take an unknown nonlinearity for the default."""
    known = options.get("nonlinearity") in ("tanh", "relu")
    right(self, *arguments, **{**options, "nonlinearity": options["nonlinearity"] if known else "tanh"})


def _last_step_alone(right: Any, self: Any, gradients: Any) -> Any:
    """Forget the gradient that arrives at the final state."""
    return right(self, gradients[:1])


def step_faults(card: str) -> tuple[Fault, ...]:
    """Return the slips of one step, as the clauses of ``card`` catch them."""
    return (
        Fault(
            "second-bias-omitted",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("weight_ih, bias_ih, bias_hh)", "weight_ih, bias_ih)")),
            BOTH,
        ),
        Fault(
            "recurrent-weight-transposed",
            f"{card}.value",
            edited(f"{_STEP}.forward", ("last[:count] @ weight_hh.T", "last[:count] @ weight_hh")),
            BOTH,
        ),
        Fault(
            "slope-of-another-function",
            f"{card}.gradient",
            edited(f"{_STEP}.slope", ("1 - y * y", "1 - y")),
            others(("rnn", "rnn_cell"), f"{card}.gradient", "gradient gradient-alone"),
        ),
        Fault(
            "leaking-relu",
            f"{card}.nonlinearity",
            edited(
                "operators.recurrent.rnn_cell:RnnReluBackward0.activate",
                ("np.maximum(x, 0, out=x)", "np.maximum(x, x * x.dtype.type(0.01), out=x)"),
            ),
            others(("rnn", "rnn_cell"), f"{card}.nonlinearity", "nonlinearity rnn.gradient"),
        ),
    )


FAULTS = (
    *_layers.of("rnn"),
    *_cells.of_parameters("rnn"),
    *step_faults("rnn"),
    *_cells.pure("rnn", "rnn_cell", f"{_STEP}.forward", ("h.copy()", "h")),
    Fault(
        "final-state-not-differentiated",
        "rnn.gradient",
        backward("RnnTanhBackward0", _last_step_alone),
        ("rnn_cell.gradient", "rnn_cell.gradient-alone"),
    ),
    Fault(
        "any-nonlinearity",
        "rnn.unknown-nonlinearity",
        method("operators.recurrent.rnn:RNN.__init__", _any_nonlinearity),
    ),
)

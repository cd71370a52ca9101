"""Faults of ASGD."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, method

_UPDATE = "optim.asgd:ASGD.update"

FAULTS = (
    Fault(
        "averaging-from-the-start",
        "asgd.default-options",
        method(
            "optim.asgd:ASGD.__init__", lambda right, self, params, **given: right(self, params, **{"t0": 0, **given})
        ),
    ),
    Fault("always-down", "asgd.maximize", edited(_UPDATE, ("eta * g)", "eta * (-g if group['maximize'] else g))"))),
    Fault(
        "parameter-also-negated",
        "asgd.maximize",
        edited(
            _UPDATE, ("p * (1 - lambd * eta)", "p * ((1 + lambd * eta) if group['maximize'] else (1 - lambd * eta))")
        ),
    ),
    Fault(
        "decay-apart-from-the-gradient",
        "asgd.weight-decay",
        edited(_UPDATE, ('g = g + group["weight_decay"] * p', 'p = p - group["weight_decay"] * p')),
    ),
    Fault(
        "rate-begins-anew",
        "asgd.state-dict",
        method("optim.asgd:ASGD.load_state_dict", lambda right, self, state: (right(self, state), _forget(self))[0]),
    ),
)


def _forget(optimizer: object) -> None:
    """Lose the present rates."""
    for state in optimizer.state.values():  # type: ignore[attr-defined]
        state.pop("eta", None)

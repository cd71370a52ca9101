"""Faults of optimizer state."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "every-parameter-has-an-entry-in-state-from-the-start",
        "optimizer.state-dict",
        edited(
            "optim.optimizer:Optimizer.state_dict",
            (
                "state = {numbers.get(id(key), key): value for key, value in self.state.items()}",
                "state = {number: self.state.get(key, {}) for number, key in enumerate(self._parameters())}",
            ),
        ),
    ),
    Fault(
        "the-numbers-start-anew-in-each-group",
        "optimizer.state-dict-groups",
        edited(
            "optim.optimizer:Optimizer.state_dict",
            (
                '"params": [numbers[id(parameter)] for parameter in group["params"]],',
                '"params": list(range(len(group["params"]))),',
            ),
        ),
        also=these("optimizer: load-matches-by-order state-dict-buffers"),
    ),
    Fault(
        "the-buffer-is-called-velocity",
        "optimizer.state-dict-buffers",
        edited(
            "optim.sgd:SGD._direction",
            ('state.get("momentum_buffer")', 'state.get("velocity")'),
            ('state["momentum_buffer"]', 'state["velocity"]'),
        ),
        stumbles=True,
    ),
    Fault(
        "load-state-dict-loads-the-options-only",
        "optimizer.state-dict-round-trip",
        edited("optim.optimizer:Optimizer.load_state_dict", ("    self.state = state\n", "")),
        also=these("asgd: state-dict", "lbfgs: state-dict", "optimizer: load-matches-by-order"),
    ),
    Fault(
        "load-state-dict-keeps-the-options-that-are-there",
        "optimizer.load-restores-options",
        edited("optim.optimizer:_merged", ('group = {**loaded, "params": own["params"]}', "group = {**loaded, **own}")),
    ),
    Fault(
        "state-is-matched-from-the-last-parameter-to-the-first",
        "optimizer.load-matches-by-order",
        edited(
            "optim.optimizer:Optimizer.load_state_dict",
            (
                'by_number = dict(zip(chain.from_iterable(group["params"] for group in saved), '
                "self._parameters(), strict=True))",
                'by_number = dict(zip(chain.from_iterable(group["params"] for group in saved), '
                "reversed(list(self._parameters())), strict=True))",
            ),
        ),
    ),
)

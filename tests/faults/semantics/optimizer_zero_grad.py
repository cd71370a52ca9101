"""Faults of optimizer zero grad."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

FAULTS = (
    Fault(
        "zero-grad-goes-through-the-parameters-that-have-state",
        "optimizer.zero-grad",
        edited(
            "optim.optimizer:Optimizer.zero_grad",
            ("for parameter in self._parameters():", "for parameter in self.state:"),
        ),
        also=these(
            "optimizer: zero-grad-of-every-group zero-grad-set-to-none zero-grad-to-zeros",
            "tutorial: loss-falls training-loop",
        ),
    ),
    Fault(
        "set-to-none-true-is-ignored",
        "optimizer.zero-grad-set-to-none",
        edited(
            "optim.optimizer:Optimizer.zero_grad",
            ("clear_grad(parameter, set_to_none=set_to_none)", "clear_grad(parameter, set_to_none=False)"),
        ),
        also=these("optimizer: zero-grad-of-every-group"),
    ),
    Fault(
        "set-to-none-false-is-ignored",
        "optimizer.zero-grad-to-zeros",
        edited(
            "optim.optimizer:Optimizer.zero_grad",
            ("clear_grad(parameter, set_to_none=set_to_none)", "clear_grad(parameter, set_to_none=True)"),
        ),
        stumbles=True,
    ),
    Fault(
        "zero-grad-clears-the-first-group-only",
        "optimizer.zero-grad-of-every-group",
        edited(
            "optim.optimizer:Optimizer.zero_grad",
            ("for parameter in self._parameters():", "for parameter in self.param_groups[0]['params']:"),
        ),
    ),
)

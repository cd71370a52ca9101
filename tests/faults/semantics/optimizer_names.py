"""Faults of optimizers whose parameters have names, and of rates that are tensors."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

_ADD = "optim.optimizer:Optimizer.add_param_group"

FAULTS = (
    Fault(
        "only-bare-parameters",
        "optimizer.named-parameters",
        edited("optim.optimizer:_names", ("if not any(paired):", "if True:")),
        also=("optimizer.named-*", "optimizer.names-*"),
        stumbles=True,
    ),
    Fault(
        "names-here-and-none-there",
        "optimizer.named-throughout",
        edited(
            _ADD,
            ('if self.param_groups and ("param_names" in self.param_groups[0]) != (names is not None):', "if False:"),
        ),
    ),
    Fault(
        "names-are-forgotten",
        "optimizer.names-in-the-state",
        edited(
            "optim.optimizer:Optimizer.state_dict", ('if name != "params"', 'if name not in {"params", "param_names"}')
        ),
    ),
    Fault(
        "a-tensor-is-no-rate",
        "sgd_object.rate-tensor",
        edited("optim.sgd:SGD.__init__", ("lr.numel() != 1", "lr.numel() == 1")),
        stumbles=True,
    ),
)

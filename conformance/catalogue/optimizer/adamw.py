"""adamw: Adam with weight decay apart from the moments."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.catalogue.optimizer._adam import MODERATE, adam_clauses, adam_update
from conformance.catalogue.optimizer._shared import constant, one_group, trajectory
from conformance.clause import documented
from conformance.oracle import Bounded


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
    amsgrad: bool,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.AdamW.html.
    """
    direction = -gradient if maximize else gradient
    shrunk = parameter - parameter * (constant(lr, parameter) * weight_decay)
    return adam_update(shrunk, direction, state, lr, betas, eps, amsgrad)


CARD = OptimizerCard(
    "adamw",
    documented("generated/torch.optim.AdamW.html"),
    adam_clauses(
        trajectory(
            "weight-decay",
            "Weight decay shrinks the parameter by the learning rate times itself, and enters no average.",
            one_group("plain", weight_decay=0.4, **MODERATE),
            one_group("none", weight_decay=0.0, **MODERATE),
        ),
        "lr 0.001, betas 0.9 and 0.999, eps 1e-8, weight decay 0.01",
    ),
    class_name="AdamW",
    step=step,
    defaults={
        "lr": 1e-3,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 1e-2,
        "amsgrad": False,
        "maximize": False,
    },
)

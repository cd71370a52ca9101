"""adam: moments of the gradient, corrected for their start at zero."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.catalogue.optimizer._adam import MODERATE, adam_clauses, adam_update
from conformance.catalogue.optimizer._shared import decayed, one_group, trajectory
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

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html.
    """
    direction = decayed(parameter, gradient, weight_decay, maximize=maximize)
    return adam_update(parameter, direction, state, lr, betas, eps, amsgrad)


CARD = OptimizerCard(
    "adam",
    documented("generated/torch.optim.Adam.html"),
    adam_clauses(
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient, before the averages are taken.",
            one_group("plain", weight_decay=1.0, **MODERATE),
        ),
        "lr 0.001, betas 0.9 and 0.999, eps 1e-8, no weight decay",
    ),
    class_name="Adam",
    step=step,
    defaults={
        "lr": 1e-3,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 0.0,
        "amsgrad": False,
        "maximize": False,
    },
)

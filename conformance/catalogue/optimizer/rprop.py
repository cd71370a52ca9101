"""rprop: steps of a size of each element's own, by the signs of its gradients."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.card import OptimizerCard
from conformance.catalogue.optimizer._shared import (
    constant,
    defaults_clause,
    groups_clause,
    missing_gradient_clause,
    one_group,
    refused,
    trajectory,
)
from conformance.clause import documented
from conformance.oracle import Bounded, broadcast_to, larger, sign, smaller, where


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    etas: tuple[float, float],
    step_sizes: tuple[float, float],
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.Rprop.html. Gradients are
    exact, so whether two of them have one sign is decided.
    """
    direction = -gradient if maximize else gradient
    size = state.get("size", broadcast_to(constant(lr, parameter), parameter.shape))
    agreement = np.sign(state.get("previous", np.zeros_like(direction.value))) * np.sign(direction.value)
    grown = smaller(size * etas[1], constant(step_sizes[1], size))
    shrunk = larger(size * etas[0], constant(step_sizes[0], size))
    size = state["size"] = where(agreement > 0, grown, where(agreement < 0, shrunk, size))
    direction = where(agreement < 0, 0.0, direction)
    state["previous"] = direction.value
    return parameter - size * sign(direction)


CARD = OptimizerCard(
    "rprop",
    documented("generated/torch.optim.Rprop.html"),
    (
        trajectory(
            "update",
            "Each element moves by its step size against its gradient's sign; the size grows while the sign stays, and "
            "shrinks, without a move, when it turns.",
            one_group("five-steps", lr=0.1),
            one_group("many-magnitudes", "wide", lr=0.3, etas=(0.3, 1.5)),
        ),
        defaults_clause("lr 0.01, etas 0.5 and 1.2, step sizes from 1e-6 to 50"),
        trajectory(
            "etas",
            "etas are the factors by which a step size shrinks and grows, in this order.",
            one_group("strong", lr=0.1, etas=(0.25, 1.75)),
        ),
        trajectory(
            "step-sizes",
            "Step sizes stay between the two bounds.",
            one_group("narrow", lr=0.1, etas=(0.5, 2.0), step_sizes=(0.08, 0.15)),
        ),
        trajectory(
            "maximize",
            "With maximize each element moves along its gradient's sign.",
            one_group("plain", lr=0.1, maximize=True),
        ),
        groups_clause({"lr": 0.02, "etas": (0.3, 1.4)}, {"step_sizes": (0.15, 0.25)}, lr=0.2),
        missing_gradient_clause(lr=0.1, etas=(0.4, 1.6)),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused(
            "etas-range",
            "etas must lie on the two sides of 1.",
            one_group("shrinking-grows", etas=(1.1, 1.2)),
            one_group("growing-shrinks", etas=(0.5, 0.9)),
        ),
    ),
    class_name="Rprop",
    step=step,
    defaults={"lr": 1e-2, "etas": (0.5, 1.2), "step_sizes": (1e-6, 50.0), "maximize": False},
)

"""rmsprop: steps over the root of the average squared gradient."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.catalogue.optimizer._shared import (
    average,
    decayed,
    defaults_clause,
    groups_clause,
    maximize_clause,
    missing_gradient_clause,
    one_group,
    refused,
    trajectory,
)
from conformance.clause import documented
from conformance.oracle import Bounded, sqrt


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    alpha: float,
    eps: float,
    weight_decay: float,
    momentum: float,
    centered: bool,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.RMSprop.html.
    """
    direction = decayed(parameter, gradient, weight_decay, maximize=maximize)
    spread = state["squares"] = average(state.get("squares"), direction.square(), alpha)
    if centered:
        state["mean"] = average(state.get("mean"), direction, alpha)
        spread = spread - state["mean"].square()
    scaled = direction / (sqrt(spread) + eps)
    if momentum > 0:
        scaled = state["buffer"] = state["buffer"] * momentum + scaled if "buffer" in state else scaled
    return parameter - scaled * lr


_MODERATE: dict[str, Any] = {"lr": 0.1, "alpha": 0.6, "eps": 0.05}

CARD = OptimizerCard(
    "rmsprop",
    documented("generated/torch.optim.RMSprop.html"),
    (
        trajectory(
            "update",
            "Each step goes along the gradient over the root of the average squared gradient.",
            one_group("five-steps", **_MODERATE),
            one_group("many-magnitudes", "wide", lr=0.5, alpha=0.8, eps=1e-3),
        ),
        defaults_clause("lr 0.01, alpha 0.99, eps 1e-8, no momentum, no weight decay, not centered"),
        trajectory(
            "alpha",
            "alpha is the weight of the old average.",
            one_group("small", lr=0.2, alpha=0.1, eps=0.05),
            one_group("zero", lr=0.2, alpha=0.0, eps=0.05),
        ),
        trajectory(
            "eps",
            "The square root is taken before eps is added.",
            one_group("large", lr=0.3, alpha=0.7, eps=0.6),
            one_group("small-gradients", "small", lr=0.3, alpha=0.7, eps=1e-3),
        ),
        trajectory(
            "momentum",
            "With momentum the parameters follow a buffer of the scaled gradients, to which the learning rate applies.",
            one_group("plain", momentum=0.8, **_MODERATE),
        ),
        trajectory(
            "centered",
            "With centered the squared average gradient is taken off the average squared gradient.",
            one_group("plain", centered=True, **_MODERATE),
            one_group("with-momentum", centered=True, momentum=0.4, lr=0.1, alpha=0.5, eps=0.2),
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient.",
            one_group("plain", weight_decay=1.0, **_MODERATE),
        ),
        maximize_clause(**_MODERATE),
        groups_clause({"lr": 0.02, "alpha": 0.3}, {"eps": 0.4, "momentum": 0.5}, lr=0.2, alpha=0.7, eps=0.05),
        missing_gradient_clause(momentum=0.6, weight_decay=0.1, **_MODERATE),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused("negative-momentum", "A negative momentum is refused.", one_group("momentum", momentum=-0.1)),
        refused("negative-alpha", "A negative alpha is refused.", one_group("alpha", alpha=-0.1)),
        refused("negative-eps", "A negative eps is refused.", one_group("eps", eps=-0.1)),
    ),
    class_name="RMSprop",
    step=step,
    defaults={
        "lr": 1e-2,
        "alpha": 0.99,
        "eps": 1e-8,
        "weight_decay": 0.0,
        "momentum": 0.0,
        "centered": False,
        "maximize": False,
    },
)

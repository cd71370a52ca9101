"""adadelta: steps in units of their own running size."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.catalogue.optimizer._shared import (
    average,
    constant,
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
    rho: float,
    eps: float,
    weight_decay: float,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.Adadelta.html.
    """
    direction = decayed(parameter, gradient, weight_decay, maximize=maximize)
    state["squares"] = average(state.get("squares"), direction.square(), rho)
    moved = state["moves"] + eps if "moves" in state else constant(eps, parameter)
    change = sqrt(moved) / sqrt(state["squares"] + eps) * direction
    state["moves"] = average(state.get("moves"), change.square(), rho)
    return parameter - change * lr


CARD = OptimizerCard(
    "adadelta",
    documented("generated/torch.optim.Adadelta.html"),
    (
        trajectory(
            "update",
            "Each change is the gradient times the root of the average squared change over that of the average squared "
            "gradient, eps within both roots.",
            one_group("five-steps", lr=0.7, rho=0.6, eps=0.01),
            one_group("many-magnitudes", "wide", lr=0.5, rho=0.8, eps=1e-3),
        ),
        defaults_clause("lr 1, rho 0.9, eps 1e-6, no weight decay"),
        trajectory(
            "rho",
            "rho is the weight of the old averages, of squared gradients and of squared changes.",
            one_group("small", lr=0.8, rho=0.2, eps=0.1),
            one_group("zero", lr=0.8, rho=0.0, eps=0.1),
        ),
        trajectory("eps", "eps is added within both roots.", one_group("large", lr=0.6, rho=0.5, eps=0.8)),
        trajectory(
            "learning-rate",
            "The learning rate scales the change, but not the average of squared changes.",
            one_group("large", lr=3.0, rho=0.5, eps=0.05),
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient.",
            one_group("plain", lr=0.7, rho=0.6, eps=0.05, weight_decay=1.0),
        ),
        maximize_clause(lr=0.7, rho=0.6, eps=0.05),
        groups_clause({"lr": 0.2, "rho": 0.3}, {"eps": 0.4, "weight_decay": 0.2}, lr=0.9, rho=0.7, eps=0.05),
        missing_gradient_clause(lr=0.7, rho=0.6, eps=0.05, weight_decay=0.1),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused(
            "rho-range",
            "A rho outside of 0 to 1 is refused.",
            one_group("above", rho=1.5),
            one_group("below", rho=-0.1),
        ),
        refused("negative-eps", "A negative eps is refused.", one_group("eps", eps=-0.1)),
    ),
    class_name="Adadelta",
    step=step,
    defaults={"lr": 1.0, "rho": 0.9, "eps": 1e-6, "weight_decay": 0.0, "maximize": False},
)

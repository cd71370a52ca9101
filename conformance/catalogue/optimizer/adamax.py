"""adamax: Adam with the largest gradient in place of the second moment."""

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
    power_of,
    refused,
    trajectory,
)
from conformance.clause import documented
from conformance.oracle import Bounded, absolute, larger


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.Adamax.html.
    """
    direction = decayed(parameter, gradient, weight_decay, maximize=maximize)
    state["step"] = state.get("step", 0) + 1
    state["first"] = average(state.get("first"), direction, betas[0])
    size = absolute(direction) + eps
    state["norm"] = larger(state["norm"] * betas[1], size) if "norm" in state else size
    corrected = 1.0 - power_of(betas[0], state["step"], parameter)
    first: Bounded = state["first"]
    norm: Bounded = state["norm"]
    return parameter - first * lr / (corrected * norm)


_MODERATE: dict[str, Any] = {"lr": 0.1, "betas": (0.7, 0.6), "eps": 0.01}

CARD = OptimizerCard(
    "adamax",
    documented("generated/torch.optim.Adamax.html"),
    (
        trajectory(
            "update",
            "Each step goes along the corrected average gradient over the decaying maximum of its absolute value.",
            one_group("five-steps", **_MODERATE),
            one_group("many-magnitudes", "wide", lr=0.5, betas=(0.5, 0.9), eps=1e-3),
        ),
        defaults_clause("lr 0.002, betas 0.9 and 0.999, eps 1e-8, no weight decay"),
        trajectory(
            "betas",
            "betas are the weight of the old average and the decay of the maximum, in this order.",
            one_group("slow-maximum", lr=0.2, betas=(0.3, 0.95)),
            one_group("fast-maximum", lr=0.2, betas=(0.9, 0.3)),
        ),
        trajectory(
            "eps",
            "eps is added to the absolute gradient before the maximum is taken.",
            one_group("large", lr=0.3, betas=(0.6, 0.8), eps=0.5),
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient, before anything is made of it.",
            one_group("plain", weight_decay=1.0, **_MODERATE),
        ),
        maximize_clause(**_MODERATE),
        groups_clause(
            {"lr": 0.02, "betas": (0.5, 0.5)}, {"eps": 0.3, "weight_decay": 0.2}, lr=0.2, betas=(0.6, 0.7), eps=0.05
        ),
        missing_gradient_clause(weight_decay=0.1, **_MODERATE),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused(
            "betas-range", "betas outside of 0 to 1, 1 not included, are refused.", one_group("one", betas=(1.0, 0.9))
        ),
        refused("negative-eps", "A negative eps is refused.", one_group("eps", eps=-0.1)),
    ),
    class_name="Adamax",
    step=step,
    defaults={"lr": 2e-3, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.0, "maximize": False},
)

"""nadam: Adam with Nesterov's momentum."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.catalogue.optimizer._shared import (
    constant,
    decayed,
    defaults_clause,
    groups_clause,
    maximize_clause,
    missing_gradient_clause,
    moments,
    one_group,
    power_of,
    refused,
    trajectory,
)
from conformance.clause import documented
from conformance.oracle import Bounded, power, sqrt


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
    momentum_decay: float,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.NAdam.html.
    """
    direction = decayed(parameter, gradient, 0.0 if decoupled_weight_decay else weight_decay, maximize=maximize)
    if decoupled_weight_decay:
        parameter = parameter - parameter * (constant(lr, parameter) * weight_decay)
    number, first, second = moments(direction, state, betas)
    now = _momentum(number, betas[0], momentum_decay, parameter)
    following = _momentum(number + 1, betas[0], momentum_decay, parameter)
    product: Bounded = now if number == 1 else state["product"] * now
    state["product"] = product
    mean = first * following / (1.0 - product * following) + direction * (1.0 - now) / (1.0 - product)
    spread = sqrt(second / (1.0 - power_of(betas[1], number, second))) + eps
    return parameter - mean / spread * lr


def _momentum(number: int, beta: float, momentum_decay: float, like: Bounded) -> Bounded:
    """Return beta (1 - 0.96 ** (number * momentum_decay) / 2)."""
    faded = power(constant(0.96, like), number * momentum_decay)
    return (1.0 - faded * 0.5) * beta


_MODERATE: dict[str, Any] = {"lr": 0.1, "betas": (0.7, 0.6), "eps": 0.01}

CARD = OptimizerCard(
    "nadam",
    documented("generated/torch.optim.NAdam.html"),
    (
        trajectory(
            "update",
            "Each step mixes the corrected average gradient and the gradient itself by the scheduled momentum.",
            one_group("five-steps", **_MODERATE),
            one_group("many-magnitudes", "wide", lr=0.5, betas=(0.5, 0.9), eps=1e-3),
        ),
        defaults_clause("lr 0.002, betas 0.9 and 0.999, eps 1e-8, momentum decay 0.004, no weight decay"),
        trajectory(
            "momentum-decay",
            "The momentum at step t is the first beta times 1 less half of 0.96 to the power t times momentum_decay.",
            one_group("fast", momentum_decay=2.5, **_MODERATE),
            one_group("none", momentum_decay=0.0, **_MODERATE),
        ),
        trajectory(
            "eps",
            "eps is added to the root of the corrected average square, outside of the root.",
            one_group("large", lr=0.3, betas=(0.6, 0.8), eps=0.5),
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient.",
            one_group("plain", weight_decay=1.0, **_MODERATE),
        ),
        trajectory(
            "decoupled-weight-decay",
            "Decoupled weight decay shrinks the parameter by the learning rate times itself, and enters no average.",
            one_group("plain", weight_decay=1.0, decoupled_weight_decay=True, **_MODERATE),
        ),
        maximize_clause(**_MODERATE),
        groups_clause(
            {"lr": 0.02, "betas": (0.5, 0.5)}, {"eps": 0.3, "momentum_decay": 0.9}, lr=0.2, betas=(0.6, 0.7), eps=0.05
        ),
        missing_gradient_clause(weight_decay=0.1, momentum_decay=0.7, **_MODERATE),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused(
            "betas-range", "betas outside of 0 to 1, 1 not included, are refused.", one_group("one", betas=(1.0, 0.9))
        ),
        refused(
            "negative-momentum-decay", "A negative momentum decay is refused.", one_group("psi", momentum_decay=-0.1)
        ),
    ),
    class_name="NAdam",
    step=step,
    defaults={
        "lr": 2e-3,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 0.0,
        "momentum_decay": 4e-3,
        "decoupled_weight_decay": False,
        "maximize": False,
    },
)

"""radam: Adam whose adaptive rate is rectified by its variance."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.case import Group, Trajectory
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
from conformance.data import Draw
from conformance.oracle import Bounded, sqrt


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
    decoupled_weight_decay: bool,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.RAdam.html.
    """
    direction = decayed(parameter, gradient, 0.0 if decoupled_weight_decay else weight_decay, maximize=maximize)
    if decoupled_weight_decay:
        parameter = parameter - parameter * (constant(lr, parameter) * weight_decay)
    number, first, second = moments(direction, state, betas)
    mean = first / (1.0 - power_of(betas[0], number, first))
    kept = power_of(betas[1], number, second)
    longest = 2.0 / (1.0 - constant(betas[1], second)) - 1.0
    length = longest - kept * (2.0 * number) / (1.0 - kept)
    if float(length.value) <= 5:
        return parameter - mean * lr
    ratio = (length - 4.0) * (length - 2.0) * longest / ((longest - 4.0) * (longest - 2.0) * length)
    rate = sqrt(1.0 - kept) / (sqrt(second) + eps)
    return parameter - mean * lr * sqrt(ratio) * rate


_MODERATE: dict[str, Any] = {"lr": 0.1, "betas": (0.7, 0.9), "eps": 0.01}

CARD = OptimizerCard(
    "radam",
    documented("generated/torch.optim.RAdam.html"),
    (
        trajectory(
            "update",
            "While the length of the average is 5 or less, a step goes along the corrected average gradient alone; "
            "afterwards over the root of the average square, rectified.",
            Trajectory("before-and-after", (Group((Draw((3, 4)), Draw((5,)), Draw(()))),), _MODERATE, steps=10),
            one_group("before", lr=0.1, betas=(0.6, 0.5)),
        ),
        defaults_clause("lr 0.001, betas 0.9 and 0.999, eps 1e-8, no weight decay", steps=9),
        trajectory(
            "eps",
            "eps is added to the root of the average square, which is not corrected.",
            Trajectory(
                "large", (Group((Draw((4,)), Draw((2, 3)))),), {"lr": 0.3, "betas": (0.6, 0.9), "eps": 0.5}, steps=10
            ),
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient.",
            Trajectory("plain", (Group((Draw((4,)), Draw((2, 3)))),), {"weight_decay": 1.0, **_MODERATE}, steps=8),
        ),
        trajectory(
            "decoupled-weight-decay",
            "Decoupled weight decay shrinks the parameter by the learning rate times itself, and enters no average.",
            Trajectory(
                "plain",
                (Group((Draw((4,)), Draw((2, 3)))),),
                {"weight_decay": 0.4, "decoupled_weight_decay": True, **_MODERATE},
                steps=8,
            ),
        ),
        maximize_clause(**_MODERATE),
        groups_clause({"lr": 0.02, "betas": (0.5, 0.5)}, {"weight_decay": 0.3}, lr=0.2, betas=(0.6, 0.7), eps=0.05),
        missing_gradient_clause(weight_decay=0.1, **_MODERATE),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused(
            "betas-range", "betas outside of 0 to 1, 1 not included, are refused.", one_group("one", betas=(1.0, 0.9))
        ),
        refused("negative-eps", "A negative eps is refused.", one_group("eps", eps=-0.1)),
    ),
    class_name="RAdam",
    step=step,
    defaults={
        "lr": 1e-3,
        "betas": (0.9, 0.999),
        "eps": 1e-8,
        "weight_decay": 0.0,
        "decoupled_weight_decay": False,
        "maximize": False,
    },
)

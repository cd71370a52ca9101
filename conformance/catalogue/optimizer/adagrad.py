"""adagrad: steps that shrink with the sum of squared gradients."""

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
    one_group,
    refused,
    trajectory,
)
from conformance.clause import documented
from conformance.oracle import Bounded, broadcast_to, sqrt


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    lr_decay: float,
    weight_decay: float,
    initial_accumulator_value: float,
    eps: float,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.Adagrad.html.
    """
    direction = decayed(parameter, gradient, weight_decay, maximize=maximize)
    taken: int = state.get("taken", 0)
    state["taken"] = taken + 1
    rate = constant(lr, parameter) / (constant(lr_decay, parameter) * taken + 1.0)
    start = broadcast_to(constant(initial_accumulator_value, parameter), parameter.shape)
    state["sum"] = state.get("sum", start) + direction.square()
    spread = sqrt(state["sum"], nonnegative=True) + eps
    return parameter - direction / spread * rate


CARD = OptimizerCard(
    "adagrad",
    documented("generated/torch.optim.Adagrad.html"),
    (
        trajectory(
            "update",
            "Each step goes along the gradient over the root of the sum of all squared gradients so far.",
            one_group("five-steps", lr=0.3, eps=0.01),
            one_group("many-magnitudes", "wide", lr=0.7, eps=1e-3),
        ),
        defaults_clause("lr 0.01, no decay, an initial sum of 0, eps 1e-10"),
        trajectory(
            "learning-rate-decay",
            "The learning rate is divided by one plus lr_decay times the number of steps taken before.",
            one_group("fast", lr=0.4, lr_decay=0.5, eps=0.05),
        ),
        trajectory(
            "initial-accumulator",
            "The sum of squared gradients begins at initial_accumulator_value.",
            one_group("two", lr=0.4, initial_accumulator_value=2.0, eps=0.05),
        ),
        trajectory(
            "eps", "eps is added to the root of the sum, outside of the root.", one_group("large", lr=0.3, eps=0.7)
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient.",
            one_group("plain", lr=0.3, weight_decay=1.0, eps=0.05),
        ),
        maximize_clause(lr=0.3, eps=0.05),
        groups_clause({"lr": 0.02, "eps": 0.4}, {"lr_decay": 0.3, "weight_decay": 0.2}, lr=0.3, eps=0.05, lr_decay=0.1),
        missing_gradient_clause(lr=0.3, lr_decay=0.4, weight_decay=0.1, eps=0.05),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused("negative-learning-rate-decay", "A negative lr_decay is refused.", one_group("decay", lr_decay=-0.1)),
        refused("negative-eps", "A negative eps is refused.", one_group("eps", eps=-0.1)),
        refused(
            "negative-accumulator",
            "A negative initial_accumulator_value is refused.",
            one_group("accumulator", initial_accumulator_value=-0.1),
        ),
    ),
    class_name="Adagrad",
    step=step,
    defaults={
        "lr": 1e-2,
        "lr_decay": 0.0,
        "weight_decay": 0.0,
        "initial_accumulator_value": 0.0,
        "eps": 1e-10,
        "maximize": False,
    },
)

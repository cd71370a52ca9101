"""The update of Adam and AdamW, which differ in where weight decay goes."""

from __future__ import annotations

from typing import Any

from conformance.card import Statement
from conformance.catalogue.optimizer._shared import (
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
from conformance.oracle import Bounded, larger, sqrt

MODERATE: dict[str, Any] = {"lr": 0.1, "betas": (0.7, 0.6), "eps": 0.01}
"""Options away from the defaults and from each other, under which every constant weighs."""


def adam_update(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    betas: tuple[float, float],
    eps: float,
    amsgrad: bool,
) -> Bounded:
    """Return the parameter after one step along the corrected first moment over the root of the second."""
    step, first, second = moments(gradient, state, betas)
    if amsgrad:
        second = state["largest"] = larger(state["largest"], second) if "largest" in state else second
    mean = first / (1.0 - power_of(betas[0], step, first))
    spread = sqrt(second / (1.0 - power_of(betas[1], step, second))) + eps
    return parameter - mean / spread * lr


def adam_clauses(weight_decay: Statement, defaults: str) -> tuple[Statement, ...]:
    """Return what both are documented to do; ``weight_decay`` is where they differ."""
    return (
        trajectory(
            "update",
            "Each step goes along the bias-corrected average gradient over the root of the average squared gradient.",
            one_group("five-steps", **MODERATE),
            one_group("many-magnitudes", "wide", lr=0.5, betas=(0.5, 0.9), eps=1e-3),
        ),
        defaults_clause(defaults),
        trajectory(
            "betas",
            "betas are the weights of the old average gradient and of the old average squared gradient, in this order.",
            one_group("first-large", lr=0.2, betas=(0.9, 0.3)),
            one_group("first-zero", lr=0.2, betas=(0.0, 0.5)),
        ),
        trajectory(
            "eps",
            "eps is added to the root of the corrected average square, outside of the root.",
            one_group("large", lr=0.3, betas=(0.6, 0.8), eps=0.5),
            one_group("small-gradients", "small", lr=0.3, betas=(0.6, 0.8), eps=1e-3),
        ),
        weight_decay,
        trajectory(
            "amsgrad",
            "With amsgrad the largest average square so far takes the place of the present one.",
            one_group("falling", "wide", amsgrad=True, lr=0.1, betas=(0.5, 0.4), eps=0.01),
            one_group("with-decay", amsgrad=True, weight_decay=0.2, lr=0.1, betas=(0.8, 0.3), eps=0.1),
        ),
        maximize_clause(**MODERATE),
        groups_clause(
            {"lr": 0.02, "betas": (0.5, 0.5)}, {"eps": 0.3, "weight_decay": 0.2}, lr=0.2, betas=(0.6, 0.7), eps=0.05
        ),
        missing_gradient_clause(weight_decay=0.1, **MODERATE),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused(
            "betas-range",
            "betas outside of 0 to 1, 1 not included, are refused.",
            one_group("first", betas=(1.0, 0.9)),
            one_group("second", betas=(0.9, -0.1)),
        ),
        refused("negative-eps", "A negative eps is refused.", one_group("eps", eps=-0.1)),
        refused("negative-weight-decay", "A negative weight decay is refused.", one_group("decay", weight_decay=-0.1)),
    )

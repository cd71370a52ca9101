"""sgd: stochastic gradient descent, with momentum, Nesterov's variant, weight decay and ascent."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.case import Group, Trajectory
from conformance.catalogue.optimizer._shared import decayed, one_group, refused, trajectory
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    momentum: float,
    dampening: float,
    weight_decay: float,
    nesterov: bool,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update; ``state["buffer"]`` keeps the momentum between updates.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html.
    """
    direction = decayed(parameter, gradient, weight_decay, maximize=maximize)
    if momentum != 0:
        buffer = state.get("buffer")
        buffer = direction if buffer is None else buffer * momentum + direction * (1 - dampening)
        state["buffer"] = buffer
        direction = direction + buffer * momentum if nesterov else buffer
    return parameter - direction * lr


CARD = OptimizerCard(
    "sgd",
    documented("generated/torch.optim.SGD.html"),
    (
        trajectory(
            "update",
            "Each step takes every parameter by the learning rate against its gradient.",
            one_group("five-steps", lr=0.1),
            Trajectory("large-gradients", (Group((Draw((4, 3)),)),), {"lr": 0.75}, regime="wide"),
        ),
        trajectory(
            "default-learning-rate",
            "The learning rate is 0.001 unless it is given.",
            Trajectory("five-steps", (Group((Draw((3, 4)), Draw((5,)))),)),
        ),
        trajectory(
            "momentum",
            "With momentum the parameters follow a buffer, momentum times its last value plus the gradient.",
            one_group("slow", lr=0.1, momentum=0.9),
            one_group("fast", lr=0.25, momentum=0.3),
            one_group("undamped", lr=0.1, momentum=1.0),
        ),
        trajectory(
            "dampening",
            "Dampening takes its share from the gradient that enters the buffer, but not at the first step.",
            one_group("partial", lr=0.1, momentum=0.8, dampening=0.25),
            one_group("total", lr=0.1, momentum=0.5, dampening=1.0),
        ),
        trajectory(
            "nesterov",
            "With nesterov the step goes along the gradient plus momentum times the new buffer.",
            one_group("plain", lr=0.1, momentum=0.7, nesterov=True),
            one_group("with-decay", lr=0.1, momentum=0.6, nesterov=True, weight_decay=0.3),
        ),
        trajectory(
            "weight-decay",
            "Weight decay adds its multiple of the parameter to the gradient.",
            one_group("plain", lr=0.1, weight_decay=1.0),
            one_group("with-momentum", lr=0.1, weight_decay=0.4, momentum=0.8, dampening=0.5),
        ),
        trajectory(
            "maximize",
            "With maximize the parameters follow the gradient instead of going against it; weight decay still shrinks "
            "them.",
            one_group("plain", lr=0.1, maximize=True),
            one_group("with-decay", lr=0.1, maximize=True, weight_decay=0.4),
            one_group("with-momentum", lr=0.1, maximize=True, momentum=0.7, dampening=0.25),
        ),
        trajectory(
            "zero-learning-rate",
            "A learning rate of 0 leaves the parameters as they are.",
            one_group("zero", lr=0.0, momentum=0.9, weight_decay=0.1),
        ),
        trajectory(
            "group-options",
            "A group's own options go before those of the optimizer, which the other groups take.",
            Trajectory(
                "rates-and-momentum",
                (
                    Group((Draw((2, 3)), Draw((4,))), {"lr": 0.02}),
                    Group((Draw((3,)),), {"momentum": 0.4, "weight_decay": 0.2}),
                    Group((Draw((2,)),), {"momentum": 0.0, "maximize": True}),
                ),
                {"lr": 0.3, "momentum": 0.8},
            ),
        ),
        trajectory(
            "missing-gradient",
            "A parameter without a gradient is left as it is, its momentum too.",
            Trajectory(
                "now-and-then",
                (Group((Draw((3,)), Draw((2, 2)), Draw((4,)))),),
                {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.2, "dampening": 0.5},
                missing=frozenset({(0, 1), (1, 0), (2, 1), (2, 2), (3, 2)}),
            ),
            Trajectory(
                "never",
                (Group((Draw((3,)), Draw((2,)))),),
                {"lr": 0.1, "weight_decay": 0.5},
                missing=frozenset((step, 1) for step in range(5)),
            ),
        ),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
        refused("negative-momentum", "A negative momentum is refused.", one_group("momentum", lr=0.1, momentum=-0.5)),
        refused(
            "negative-weight-decay",
            "A negative weight decay is refused.",
            one_group("weight-decay", lr=0.1, weight_decay=-0.5),
        ),
        refused(
            "nesterov-arguments",
            "nesterov without momentum, or with dampening, is refused.",
            one_group("no-momentum", lr=0.1, nesterov=True),
            one_group("dampening", lr=0.1, nesterov=True, momentum=0.9, dampening=0.1),
        ),
    ),
    class_name="SGD",
    step=step,
    defaults={
        "lr": 1e-3,
        "momentum": 0.0,
        "dampening": 0.0,
        "weight_decay": 0.0,
        "nesterov": False,
        "maximize": False,
    },
)

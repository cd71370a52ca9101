"""adafactor: steps relative to the parameter's size, by second moments kept as rows and columns."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.case import Group, Trajectory
from conformance.catalogue.optimizer._shared import (
    constant,
    groups_clause,
    missing_gradient_clause,
    one_group,
    refused,
    trajectory,
)
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, larger, mean, power, smaller, sqrt


def step(
    parameter: Bounded,
    gradient: Bounded,
    state: dict[str, Any],
    lr: float,
    beta2_decay: float,
    eps: tuple[float | None, float],
    d: float,
    weight_decay: float,
    maximize: bool,
) -> Bounded:
    """Return the parameter after one update.

    Source: the algorithm box of https://docs.pytorch.org/docs/stable/generated/torch.optim.Adafactor.html, with means
    in the place of sums, which the page says are equivalent. Without epsilon_1, none is needed for the cases' data.
    """
    gradient = -gradient if maximize else gradient
    number = state["step"] = state.get("step", 0) + 1
    new = power(constant(float(number), gradient), constant(beta2_decay, gradient))
    rate = smaller(constant(lr, parameter), 1.0 / sqrt(constant(float(number), parameter)))
    rate = larger(_root_mean_square(parameter), constant(eps[1], parameter)) * rate
    if weight_decay != 0:
        parameter = parameter - parameter * (constant(lr, parameter) * weight_decay)
    spread = sqrt(_second_moment(gradient.square(), state, new, eps[0]), nonnegative=True)
    if eps[0] is not None:
        spread = larger(spread, constant(eps[0], spread))
    update = gradient / spread
    return parameter - update * rate / larger(_root_mean_square(update) / d, constant(1.0, update))


def _second_moment(squares: Bounded, state: dict[str, Any], new: Bounded, eps: float | None) -> Bounded:
    """Return the second moment; that of more than one dimension is a product of rows and columns over their mean."""
    if len(squares.shape) < 2:
        return _kept("whole", squares, state, new)
    rows = _kept("rows", mean(squares, (-1,), keepdims=True), state, new)
    columns = _kept("columns", mean(squares, (-2,), keepdims=True), state, new)
    whole = mean(rows, (-2,), keepdims=True)
    return rows * columns / (whole if eps is None else larger(whole, constant(eps, whole)))


def _kept(name: str, squares: Bounded, state: dict[str, Any], new: Bounded) -> Bounded:
    """Return (1 - new) times what is kept, 0 at first, plus new times ``squares``, and keep it."""
    old = state.get(name)
    state[name] = squares * new if old is None else old * (1.0 - new) + squares * new
    return state[name]  # type: ignore[no-any-return]


def _root_mean_square(x: Bounded) -> Bounded:
    return sqrt(mean(x.square(), tuple(range(len(x.shape)))), nonnegative=True)


_VECTORS = (Group((Draw((7,)), Draw((4,)), Draw(()))),)

CARD = OptimizerCard(
    "adafactor",
    documented("generated/torch.optim.Adafactor.html"),
    (
        trajectory(
            "update",
            "Each step goes along the gradient over the root of its second moment, as far as the learning rate times "
            "the parameter's own root mean square.",
            one_group("five-steps", lr=0.1),
            one_group("slow-decay", lr=0.2, beta2_decay=-0.5),
        ),
        trajectory(
            "vectors",
            "The second moment of a vector is the average of its squares.",
            Trajectory("three", _VECTORS, {"lr": 0.1, "beta2_decay": -0.6}),
        ),
        trajectory(
            "defaults",
            "Without options lr is 0.01, beta2_decay -0.8, the second eps 0.001, and the clipping threshold 1.",
            one_group("no-option", weight_decay=0.0),
        ),
        trajectory(
            "beta2-decay",
            "The weight of the second moment that is kept is 1 less the number of the step to the power beta2_decay.",
            one_group("quick", lr=0.2, beta2_decay=-1.5),
            one_group("slow", lr=0.2, beta2_decay=-0.2),
        ),
        trajectory(
            "learning-rate",
            "The relative step size is the learning rate, but no more than 1 over the root of the number of the step.",
            one_group("large", lr=0.8),
        ),
        trajectory(
            "first-eps",
            "The root of the second moment is at least the first eps.",
            Trajectory("vectors", _VECTORS, {"lr": 0.1, "eps": (0.6, 1e-3)}),
            one_group("matrices", lr=0.1, eps=(0.3, 1e-3)),
        ),
        trajectory(
            "second-eps",
            "The parameter's root mean square counts for no less than the second eps.",
            one_group("large", lr=0.1, eps=(None, 2.5)),
        ),
        trajectory(
            "clipping",
            "An update whose root mean square is above d is scaled down to it.",
            one_group("growing-gradients", "wide", lr=0.1, d=1.5),
            one_group("far", "wide", lr=0.1, d=6.0),
        ),
        trajectory(
            "weight-decay",
            "Weight decay shrinks the parameter by the learning rate times itself, after its size has been taken.",
            one_group("plain", lr=0.4, weight_decay=1.0),
        ),
        trajectory(
            "maximize",
            "With maximize the gradient counts negated; weight decay still shrinks the parameter.",
            one_group("plain", maximize=True, lr=0.1),
            one_group("with-decay", maximize=True, weight_decay=0.3, lr=0.2),
        ),
        groups_clause({"lr": 0.02, "d": 2.0}, {"beta2_decay": -0.3, "weight_decay": 0.2}, lr=0.5, eps=(None, 0.7)),
        missing_gradient_clause(weight_decay=0.1, lr=0.3, beta2_decay=-0.5),
        refused("negative-learning-rate", "A negative learning rate is refused.", one_group("lr", lr=-0.1)),
    ),
    class_name="Adafactor",
    step=step,
    defaults={
        "lr": 1e-2,
        "beta2_decay": -0.8,
        "eps": (None, 1e-3),
        "d": 1.0,
        "weight_decay": 0.0,
        "maximize": False,
    },
)

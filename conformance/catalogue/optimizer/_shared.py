"""What the optimizers' cards share: their cases, and the first lines of every update."""

from __future__ import annotations

from typing import Any

from conformance.card import Statement
from conformance.case import Group, Trajectory
from conformance.data import Draw
from conformance.oracle import Bounded


def one_group(name: str, regime: str = "normal", **options: Any) -> Trajectory:
    """Return a case of one group of four parameters, two of one shape; ``regime`` is that of the gradients."""
    return Trajectory(name, (Group((Draw((3, 4)), Draw((5,)), Draw((5,)), Draw(()))),), options, regime=regime)


def trajectory(behaviour: str, sentence: str, *cases: Trajectory, **others: Any) -> Statement:
    """State how the parameters move: the trajectory law compares every step with the documented update."""
    return Statement(behaviour, sentence, "trajectory", cases, **others)


def refused(behaviour: str, sentence: str, *cases: Trajectory, **others: Any) -> Statement:
    """State that the optimizer refuses options."""
    return Statement(behaviour, sentence, "optimizer_refusal", cases, **others)


def defaults_clause(options: str, steps: int = 5) -> Statement:
    """State the documented defaults, which a run of some steps without any option shows."""
    return trajectory(
        "defaults",
        f"Without options the documented defaults hold: {options}.",
        Trajectory("no-option", (Group((Draw((3, 4)), Draw((5,)))),), steps=steps),
    )


def groups_clause(first: dict[str, Any], second: dict[str, Any], **options: Any) -> Statement:
    """State that groups have options of their own."""
    groups = (Group((Draw((2, 3)), Draw((4,))), first), Group((Draw((3,)),), second), Group((Draw((2,)),)))
    return trajectory(
        "group-options",
        "A group's own options go before those of the optimizer, which the other groups take.",
        Trajectory("own-and-taken", groups, options),
    )


def missing_gradient_clause(**options: Any) -> Statement:
    """State that a parameter without a gradient is left alone, with all that is kept for it."""
    return trajectory(
        "missing-gradient",
        "A parameter without a gradient at a step is left as it is, and so is what the optimizer keeps for it.",
        Trajectory(
            "now-and-then",
            (Group((Draw((3,)), Draw((2, 2)), Draw((4,)))),),
            options,
            missing=frozenset({(0, 1), (1, 0), (2, 1), (2, 2), (3, 2)}),
        ),
    )


def maximize_clause(**options: Any) -> Statement:
    """State that maximize turns the gradient round, before weight decay is added."""
    return trajectory(
        "maximize",
        "With maximize the gradient counts negated, before anything else is made of it.",
        one_group("plain", maximize=True, **options),
        one_group("with-decay", maximize=True, weight_decay=0.3, **options),
    )


def decayed(parameter: Bounded, gradient: Bounded, weight_decay: float, *, maximize: bool) -> Bounded:
    """Return the gradient, negated if ``maximize``, plus weight decay's multiple of the parameter."""
    direction = -gradient if maximize else gradient
    return direction if weight_decay == 0 else direction + parameter * weight_decay


def constant(number: float, like: Bounded) -> Bounded:
    """Return ``number``, which the working type may round, in the arithmetic of ``like``."""
    return Bounded.constant(number, like.arithmetic)


def one_less(number: float, like: Bounded) -> Bounded:
    """Return 1 - ``number``."""
    return 1.0 - constant(number, like)


def power_of(number: float, exponent: int, like: Bounded) -> Bounded:
    """Return ``number`` to a whole ``exponent`` from 1 up, by multiplication."""
    result = constant(number, like)
    for _ in range(exponent - 1):
        result = result * number
    return result


def average(old: Bounded | None, new: Bounded, weight: float) -> Bounded:
    """Return weight * old + (1 - weight) * new, where nothing old counts as 0."""
    share = new * one_less(weight, new)
    return share if old is None else old * weight + share


def moments(gradient: Bounded, state: dict[str, Any], betas: tuple[float, float]) -> tuple[int, Bounded, Bounded]:
    """Return the step, from 1, and the running averages of the gradient and of its square, kept in ``state``."""
    state["step"] = state.get("step", 0) + 1
    state["first"] = average(state.get("first"), gradient, betas[0])
    state["second"] = average(state.get("second"), gradient.square(), betas[1])
    return state["step"], state["first"], state["second"]

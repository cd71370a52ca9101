"""What the schedules' cards share: cases, closed forms, and functions of the step that show as code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.card import Statement
from conformance.case import Course
from conformance.oracle import Bounded, power


@dataclass(frozen=True)
class Fading:
    """A function of the step: ``base ** step``, or ``base`` itself at every step."""

    base: float
    constant: bool = False

    def __call__(self, step: int) -> float:
        return self.base if self.constant else self.base**step


@dataclass(frozen=True)
class FirstCycle:
    """A function of the cycle: 1 in the first one, whether it has the number 0 or 1, and 1/4 at any other number."""

    def __call__(self, cycle: float) -> float:
        return 1.0 if cycle in {0, 1} else 0.25


def closed(form: Callable[..., Bounded]) -> Callable[..., list[Bounded]]:
    """Return the course of a schedule whose rate is a function of the initial rate and the step."""

    def course(initial: Bounded, steps: int, group: int, metrics: tuple[float, ...], **options: Any) -> list[Bounded]:
        del group, metrics
        return [form(initial, step, **options) for step in range(steps + 1)]

    return course


def course(behaviour: str, sentence: str, *cases: Course) -> Statement:
    """State how the rates go: the course law compares every step."""
    return Statement(behaviour, sentence, "course", cases)


def momentum(behaviour: str, sentence: str, *cases: Course) -> Statement:
    """State how the momenta go: the law of momenta compares every step."""
    return Statement(behaviour, sentence, "momentum_course", cases)


def momentum_kept(options: Mapping[str, Any], steps: int) -> Statement:
    """State that a schedule leaves the momenta alone if it is told to, with boundaries that it would set otherwise."""
    bounds = {"base_momentum": 0.3, "max_momentum": 0.8}
    return momentum(
        "momentum-kept",
        "With cycle_momentum=False the momentum is not cycled: it stays what the optimizer was made with.",
        Course("off", {**options, "cycle_momentum": False}, steps=steps),
        Course("off-with-boundaries", {**options, **bounds, "cycle_momentum": False}, steps=steps),
    )


def of_group(value: Any, group: int) -> Any:
    """Return the group's own of a list, or the value that is all groups'."""
    return value[group] if isinstance(value, list) else value


def refused(behaviour: str, sentence: str, *cases: Course) -> Statement:
    """State that the schedule refuses options."""
    return Statement(behaviour, sentence, "scheduler_refusal", cases)


def times_power(rate: Bounded, factor: float, count: int) -> Bounded:
    """Return ``rate`` times ``factor`` to the power of ``count``."""
    return rate if count == 0 else rate * power(constant(factor, rate), float(count))


def constant(number: float, like: Bounded) -> Bounded:
    """Return ``number`` in the arithmetic of ``like``."""
    return Bounded.constant(number, like.arithmetic)

"""What the laws of schedules share: following one, and comparing what is seen with what is documented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from adapters.contract import Schedule, Scheduler, Unsupported
from conformance.card import SchedulerCard, Statement, described
from conformance.case import Course, Part
from conformance.expectation import Expected, expected_course
from conformance.oracle import Arithmetic
from conformance.trial import Trial, quiet

Seen = Callable[[Scheduler], Sequence[float]]
Documented = Callable[[SchedulerCard, Course, Arithmetic], list[Expected]]


def compare_course(
    trial: Trial,
    case: Course,
    seen: Seen,
    what: str = "rate",
    documented: Documented = expected_course,
    resumed_after: int | None = None,
) -> None:
    """Follow the schedule of a case and compare a number of every group, before the first step and after each.

    Args:
        trial: The trial.
        case: The case.
        seen: Reads the number of every group.
        what: What is read.
        documented: Gives the documented numbers.
        resumed_after: After how many steps another schedule takes over.
    """
    card = trial.check.card
    with quiet():
        scheduler = trial.backend.scheduler(card.class_name, case.rates, resolved(case.options))
        numbers = [list(seen(scheduler))]
        for step in range(case.steps):
            if step == resumed_after:
                scheduler = offered(scheduler, "resumed")()
            scheduler.step(*case.metrics[step : step + 1])
            numbers.append(list(seen(scheduler)))
    trial.compare_all(
        {
            f"{what} of group {group} after step {step}": np.asarray(found[group], dtype=np.float64)
            for group in range(len(case.rates))
            for step, found in enumerate(numbers)
        },
        lambda _, arithmetic: {
            f"{what} of group {group} after step {step}": number
            for group, course in enumerate(documented(card, case, arithmetic))
            for step, number in course.items()
        },
        call=case.call(card.class_name, trial.check.dtype)
        + ("" if resumed_after is None else f", resumed after {resumed_after}"),
    )


def offered(scheduler: Scheduler, method: str) -> Callable[..., Any]:
    """Return a method of a schedule that not every adapter has.

    Raises:
        Unsupported: It has not.
    """
    found = getattr(scheduler, method, None)
    if found is None:
        raise Unsupported(f"{method} of schedules")
    return found  # type: ignore[no-any-return]


def first_cases(card: SchedulerCard) -> Iterator[Course]:
    """Return the first case of each of the card's courses, named after its clause as well."""
    for state in described(card.states, "course"):
        yield replace(state.cases[0], name=f"{state.behaviour}-{state.cases[0].name}")


def resolved(value: Any) -> Any:
    """Return options as an adapter takes them: a part is a schedule of the contract."""
    if isinstance(value, Part):
        return Schedule(value.name, value.options)
    if isinstance(value, Mapping):
        return {name: resolved(one) for name, one in value.items()}
    return [resolved(one) for one in value] if isinstance(value, (tuple, list)) else value


def state_course(behaviour: str, sentence: str, law: str, card: SchedulerCard, method: str, *needed: str) -> Statement:
    """Return a statement about all the courses of a card, which needs them all and the clauses ``needed``.

    ``method`` is the method of schedules that it is about.
    """
    link = f"{card.link}#torch.optim.lr_scheduler.{card.class_name}.{method}"
    others = tuple(state.behaviour for state in described(card.states, "course")[1:])
    return Statement(behaviour, sentence, law, tuple(first_cases(card)), link=link, follows_from=(*others, *needed))

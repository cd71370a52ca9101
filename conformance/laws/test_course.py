"""The course law: the learning rates of a schedule, in every parameter group, follow its documented formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from adapters.contract import Schedule
from conformance.card import SchedulerCard
from conformance.case import Course, Part
from conformance.expectation import expected_course
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("course", Profile.SCHEDULER, SchedulerCard, dtypes=("float32",))


def test_course(trial: Trial) -> None:
    """Compare the rate of every group, before the first step and after each, with the formula."""
    check = trial.check

    def verify(case: Course) -> None:
        with quiet():
            scheduler = trial.backend.scheduler(check.card.class_name, case.rates, resolved(case.options))
            seen = [list(scheduler.rates())]
            for step in range(case.steps):
                scheduler.step(*case.metrics[step : step + 1])
                seen.append(list(scheduler.rates()))
        trial.compare_all(
            {
                _place(group, str(step)): np.asarray(rates[group], dtype=np.float64)
                for group in range(len(case.rates))
                for step, rates in enumerate(seen)
            },
            lambda _, arithmetic: {
                _place(group, step): rate
                for group, rates in enumerate(expected_course(check.card, case, arithmetic))
                for step, rate in rates.items()
            },
            call=case.call(check.card.class_name, check.dtype),
        )

    trial.each_case(verify)


def resolved(value: Any) -> Any:
    """Return options as an adapter takes them: a part is a schedule of the contract."""
    if isinstance(value, Part):
        return Schedule(value.name, value.options)
    if isinstance(value, Mapping):
        return {name: resolved(one) for name, one in value.items()}
    return [resolved(one) for one in value] if isinstance(value, (tuple, list)) else value


def _place(group: int, step: str) -> str:
    return f"rate of group {group} after step {step}"

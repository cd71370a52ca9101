"""The refusal law of schedules: options that the documentation rules out raise an error at construction."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.case import Course
from conformance.law import Law
from conformance.laws._courses import resolved
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial

LAW = Law("scheduler_refusal", Profile.SCHEDULER, SchedulerCard, dtypes=("float32",))


def test_scheduler_refusal(trial: Trial) -> None:
    """Construct the schedule with options that it must refuse."""
    check = trial.check
    case: Course = check.case
    with refused(case.call(check.card.class_name, check.dtype), *check.statement.raises):
        trial.backend.scheduler(check.card.class_name, case.rates, resolved(case.options))

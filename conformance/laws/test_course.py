"""The course law: the learning rates of a schedule, in every parameter group, follow its documented formula."""

from __future__ import annotations

from conformance.card import SchedulerCard
from conformance.law import Law
from conformance.laws._courses import compare_course
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("course", Profile.SCHEDULER, SchedulerCard, dtypes=("float32",))


def test_course(trial: Trial) -> None:
    """Compare the rate of every group, before the first step and after each, with the formula."""
    trial.each_case(lambda case: compare_course(trial, case, lambda scheduler: scheduler.rates()))

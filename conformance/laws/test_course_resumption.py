"""The resumption law of schedules: one that loads another one's state in mid-run goes on as that one would."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import SchedulerCard, Statement
from conformance.law import Law
from conformance.laws._courses import compare_course, state_course
from conformance.profile import Profile
from conformance.trial import Trial


def resumptions(card: SchedulerCard) -> Iterator[Statement]:
    """State that every course can be broken off and taken up."""
    yield state_course(
        "state-dict",
        f"A new {card.class_name} that loads the state_dict() of one in mid-run, its optimizer that of the other's, "
        "goes on as that one would.",
        "course_resumption",
        card,
        "load_state_dict",
        "optimizer.load-restores-options",
    )


LAW = Law("course_resumption", Profile.SCHEDULER, SchedulerCard, resumptions, dtypes=("float32",))


def test_course_resumption(trial: Trial) -> None:
    """Go on with another schedule after two fifths of the steps, and compare the rates with the formula."""
    trial.each_case(
        lambda case: compare_course(
            trial, case, lambda scheduler: scheduler.rates(), resumed_after=max(1, 2 * case.steps // 5)
        )
    )

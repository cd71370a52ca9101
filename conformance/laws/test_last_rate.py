"""The law of last rates: what a schedule says of the rates is what it made them."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import SchedulerCard, Statement
from conformance.law import Law
from conformance.laws._courses import compare_course, offered, state_course
from conformance.profile import Profile
from conformance.trial import Trial


def last_rates(card: SchedulerCard) -> Iterator[Statement]:
    """State that a schedule tells the rates of every course."""
    yield state_course(
        "last-rates",
        "get_last_lr() gives, for every parameter group, the rate that the schedule computed last.",
        "last_rate",
        card,
        "get_last_lr",
    )


LAW = Law("last_rate", Profile.SCHEDULER, SchedulerCard, last_rates, dtypes=("float32",))


def test_last_rate(trial: Trial) -> None:
    """Compare what the schedule says, before the first step and after each, with the formula."""
    trial.each_case(lambda case: compare_course(trial, case, lambda scheduler: offered(scheduler, "last_rates")()))

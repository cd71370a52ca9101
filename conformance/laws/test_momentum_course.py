"""The law of momenta: where a schedule sets the momentum too, that of every parameter group follows its formula."""

from __future__ import annotations

from functools import partial

from adapters.contract import SCHEDULED_MOMENTUM
from conformance.card import SchedulerCard
from conformance.expectation import expected_momenta
from conformance.law import Law
from conformance.laws._courses import compare_course, offered
from conformance.profile import Profile
from conformance.trial import Trial

LAW = Law("momentum_course", Profile.SCHEDULER, SchedulerCard, dtypes=("float32",))


def test_momentum_course(trial: Trial) -> None:
    """Compare the momentum of every group, before the first step and after each, with the formula."""
    documented = partial(expected_momenta, before=SCHEDULED_MOMENTUM)
    trial.each_case(
        lambda case: compare_course(
            trial, case, lambda scheduler: offered(scheduler, "momenta")(), "momentum", documented
        )
    )

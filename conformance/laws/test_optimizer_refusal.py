"""The refusal law of optimizers: options that the documentation rules out raise an error at construction."""

from __future__ import annotations

from conformance.card import OptimizerCard
from conformance.case import Trajectory
from conformance.law import Law
from conformance.laws.test_trajectory import groups_of
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial

LAW = Law("optimizer_refusal", Profile.OPTIMIZER, OptimizerCard, dtypes=("float32",))


def test_optimizer_refusal(trial: Trial) -> None:
    """Construct the optimizer with options that it must refuse."""
    check = trial.check
    case: Trajectory = check.case
    groups = groups_of(case, check.dtype)
    with refused(case.call(check.card.class_name, check.dtype), *check.statement.raises):
        trial.backend.optimizer(check.card.class_name, groups, case.options)

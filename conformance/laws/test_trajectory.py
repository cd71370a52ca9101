"""The trajectory law: given the gradients of each step, an optimizer's parameters follow its documented update."""

from __future__ import annotations

from typing import Any

from conformance.card import OptimizerCard
from conformance.case import Trajectory
from conformance.expectation import expected_trajectory
from conformance.failure import ConformanceFailure
from conformance.judgement import judge
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("trajectory", Profile.OPTIMIZER, OptimizerCard)


def test_trajectory(trial: Trial) -> None:
    """Compare every parameter after every step with the documented update."""
    check = trial.check
    case: Trajectory = check.case
    call = case.call(check.card.class_name, check.dtype)
    exact = expected_trajectory(check.card, case, check.dtype, trial.arithmetic)
    with quiet():
        optimizer = trial.backend.optimizer(check.card.class_name, groups_of(case, check.dtype), case.options)
    for step, parameters in enumerate(exact):
        with quiet():
            after = optimizer.step(case.gradients(step, check.dtype))
        for index, expected in enumerate(parameters):
            judgement = judge(
                trial.numeric(after[index], "step"),
                expected,
                lambda step=step, index=index: expected_trajectory(  # type: ignore[misc]
                    check.card, case, check.dtype, trial.arithmetic.statistically()
                )[step][index],
                call=call,
                what=f"parameter {index} after step {step + 1}",
            )
            trial.measurement = trial.measurement.joined(judgement.measurement)
            if judgement.evidence is not None:
                raise ConformanceFailure(judgement.evidence)


def groups_of(case: Trajectory, dtype: str) -> list[dict[str, Any]]:
    """Return the parameter groups of ``case`` as an adapter takes them."""
    arrays = iter(case.initial(dtype))
    return [{"params": [next(arrays) for _ in group.parameters], **group.options} for group in case.groups]

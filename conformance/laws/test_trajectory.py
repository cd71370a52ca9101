"""The trajectory law: given the gradients of each step, an optimizer's parameters follow its documented update."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from conformance.card import OptimizerCard
from conformance.case import Trajectory
from conformance.expectation import expected_trajectory
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("trajectory", Profile.OPTIMIZER, OptimizerCard, halves=True)


def test_trajectory(trial: Trial) -> None:
    """Compare every parameter after every step with the documented update."""
    check = trial.check

    def verify(case: Trajectory) -> None:
        actual: dict[str, NDArray[Any]] = {}
        with quiet():
            optimizer = trial.backend.optimizer(check.card.class_name, groups_of(case, check.dtype), case.options)
            for step in range(case.steps):
                for index, array in enumerate(optimizer.step(case.gradients(step, check.dtype))):
                    actual[place_of(step, index)] = trial.numeric(array, "step")
        trial.compare_all(
            actual,
            lambda _, arithmetic: {
                place_of(step, index): expected
                for step, parameters in enumerate(expected_trajectory(check.card, case, check.dtype, arithmetic))
                for index, expected in enumerate(parameters)
            },
            call=case.call(check.card.class_name, check.dtype),
        )

    trial.each_case(verify)


def groups_of(case: Trajectory, dtype: str) -> list[dict[str, Any]]:
    """Return the parameter groups of ``case`` as an adapter takes them."""
    arrays = iter(case.initial(dtype))
    return [{"params": [next(arrays) for _ in group.parameters], **group.options} for group in case.groups]


def place_of(step: int, index: int) -> str:
    """Return what a parameter after a step, both counted from 0, is called in a failure."""
    return f"parameter {index} after step {step + 1}"

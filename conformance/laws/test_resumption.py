"""The resumption law: an optimizer that loads another one's state in mid-run goes on as that one would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from adapters.contract import Unsupported
from conformance.card import OptimizerCard, Statement, described
from conformance.case import Trajectory
from conformance.clause import documented
from conformance.expectation import expected_trajectory
from conformance.law import Law
from conformance.laws.test_trajectory import groups_of, place_of
from conformance.profile import Profile
from conformance.trial import Trial, quiet

_NEEDED = ("optimizer.state-dict-groups", "optimizer.state-dict-round-trip", "optimizer.load-matches-by-order")
"""Clauses of the object tier without which no optimizer can go on."""


def resumptions(card: OptimizerCard) -> Iterator[Statement]:
    """State that the first case of each of the card's trajectories can be broken off and taken up."""
    states = described(card.states, "trajectory")
    cases = tuple(replace(state.cases[0], name=f"{state.behaviour}-{state.cases[0].name}") for state in states)
    yield Statement(
        "state-dict",
        f"A new {card.class_name} that loads the state_dict() of one in mid-run goes on as that one would.",
        "resumption",
        cases,
        link=documented("generated/torch.optim.Optimizer.load_state_dict.html"),
        follows_from=(*(state.behaviour for state in states[1:]), *_NEEDED),
    )


LAW = Law("resumption", Profile.OPTIMIZER, OptimizerCard, resumptions, halves=True)


def test_resumption(trial: Trial) -> None:
    """Go on with another optimizer after half of the steps, and compare every parameter with the documented update."""
    check = trial.check

    def verify(case: Trajectory) -> None:
        actual: dict[str, NDArray[Any]] = {}
        with quiet():
            optimizer = trial.backend.optimizer(check.card.class_name, groups_of(case, check.dtype), case.options)
            if not hasattr(optimizer, "resumed"):
                raise Unsupported("state_dict of optimizers")
            for step in range(case.steps):
                if step == case.steps // 2:
                    optimizer = optimizer.resumed()
                for index, array in enumerate(optimizer.step(case.gradients(step, check.dtype))):
                    actual[place_of(step, index)] = trial.numeric(array, "step")
        trial.compare_all(
            actual,
            lambda _, arithmetic: {
                place_of(step, index): expected
                for step, parameters in enumerate(expected_trajectory(check.card, case, check.dtype, arithmetic))
                for index, expected in enumerate(parameters)
            },
            call=f"{case.call(check.card.class_name, check.dtype)}, resumed after {case.steps // 2}",
        )

    trial.each_case(verify)

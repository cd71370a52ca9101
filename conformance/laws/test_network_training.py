"""The training law of networks: every parameter after one step of the optimizer, and after several."""

from __future__ import annotations

from functools import partial
from typing import Any

from numpy.typing import NDArray

from conformance.card import Formula, NetworkCard
from conformance.case import Case
from conformance.catalogue import optimizer_card
from conformance.law import Law
from conformance.laws._network import backend_pass, expected_step, initial
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("network_training", Profile.TRAINING, NetworkCard)


def test_network_training(trial: Trial) -> None:
    """Train the network with the backend's gradients and optimizer, and compare every parameter."""
    check, backend = trial.check, trial.backend
    card = check.card

    def verify(case: Case) -> None:
        parameters = initial(card, check.dtype)
        class_name = optimizer_card(card.optimizer).class_name
        with quiet():
            optimizer = backend.optimizer(class_name, [{"params": list(parameters.values())}], card.optimizer_options)
        for _ in range(case.options["steps"]):
            before = parameters
            with quiet():
                _, gradients = backend_pass(card, case, backend, list(before.values()), check.dtype)
                stepped = optimizer.step([trial.array(gradients[name]) for name in card.parameters])
            parameters = dict(zip(card.parameters, (trial.numeric(array, "step") for array in stepped), strict=True))
            trial.compare_all(
                parameters,
                partial(_expected, card, case, before, check.dtype),
                call=case.call(card.name, check.dtype),
            )

    trial.each_case(verify)


def _expected(
    card: NetworkCard, case: Case, before: dict[str, NDArray[Any]], dtype: str, _: Formula, arithmetic: Arithmetic
) -> dict[str, Bounded]:
    return expected_step(card, case, before, dtype, arithmetic)

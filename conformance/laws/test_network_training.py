"""The training law of networks: every parameter after one step of the optimizer, and after several."""

from __future__ import annotations

from conformance.card import NetworkCard
from conformance.case import Case
from conformance.catalogue import optimizer_card
from conformance.law import Law
from conformance.laws._network import backend_pass, expected_training, initial
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("network_training", Profile.TRAINING, NetworkCard)


def test_network_training(trial: Trial) -> None:
    """Train the network with the backend's gradients and optimizer, and compare every parameter."""
    check, backend = trial.check, trial.backend
    card = check.card

    def verify(case: Case) -> None:
        parameters = list(initial(card, check.dtype).values())
        class_name = optimizer_card(card.optimizer).class_name
        with quiet():
            optimizer = backend.optimizer(class_name, [{"params": parameters}], card.optimizer_options)
            for _ in range(case.options["steps"]):
                _, gradients = backend_pass(card, case, backend, parameters, check.dtype)
                stepped = optimizer.step([trial.array(gradients[name]) for name in card.parameters])
                parameters = [trial.numeric(array, "step") for array in stepped]
        trial.compare_all(
            dict(zip(card.parameters, parameters, strict=True)),
            lambda _, arithmetic: expected_training(card, case, check.dtype, arithmetic),
            call=case.call(card.name, check.dtype),
        )

    trial.each_case(verify)

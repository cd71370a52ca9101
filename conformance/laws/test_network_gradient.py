"""The gradient law of networks: the loss's gradient of the input and of every parameter."""

from __future__ import annotations

from conformance.card import NetworkCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._network import backend_pass, expected_output, initial
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("network_gradient", Profile.TRAINING, NetworkCard)


def test_network_gradient(trial: Trial) -> None:
    """Compare every gradient of the loss with the definition's."""
    check = trial.check

    def verify(case: Case) -> None:
        parameters = list(initial(check.card, check.dtype).values())
        with quiet():
            _, gradients = backend_pass(check.card, case, trial.backend, parameters, check.dtype)
        trial.compare_all(
            {f"gradient of {name}": trial.array(gradient) for name, gradient in gradients.items()},
            lambda _, arithmetic: {
                f"gradient of {name}": expected_output(check.card, case, check.dtype, arithmetic)[name]
                for name in gradients
            },
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)

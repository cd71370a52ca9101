"""The loss law of networks: the loss of a network's output is what the composed definitions give."""

from __future__ import annotations

from conformance.card import NetworkCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._network import expected_output, initial
from conformance.operators import Operators
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("network_loss", Profile.TRAINING, NetworkCard)


def test_network_loss(trial: Trial) -> None:
    """Compare the network's loss with the definition's."""
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        parameters = {name: backend.from_numpy(a) for name, a in initial(check.card, check.dtype).items()}
        operators, natives = Operators(backend), trial.natives(case)
        with quiet():
            output = check.card.forward(operators, natives["input"], parameters)
            actual = trial.array(check.card.loss(operators, output, natives["target"]))
        trial.compare(
            actual,
            lambda _, arithmetic: expected_output(check.card, case, check.dtype, arithmetic)["loss"],
            call=case.call(check.card.name, check.dtype),
            what="loss",
        )

    trial.each_case(verify)

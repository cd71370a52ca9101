"""The output law of networks: operators composed give what their composed definitions give."""

from __future__ import annotations

from conformance.card import NetworkCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._network import expected_output, initial
from conformance.operators import Operators
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("network_output", Profile.TRAINING, NetworkCard)


def test_network_output(trial: Trial) -> None:
    """Compare the network's output with the definition's."""
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        parameters = {name: backend.from_numpy(a) for name, a in initial(check.card, check.dtype).items()}
        with quiet():
            actual = trial.array(check.card.forward(Operators(backend), trial.natives(case)["input"], parameters))
        trial.compare(
            actual,
            lambda _, arithmetic: expected_output(check.card, case, check.dtype, arithmetic)["output"],
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)

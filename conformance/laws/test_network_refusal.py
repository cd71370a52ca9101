"""The refusal law of networks: an input that does not fit is refused."""

from __future__ import annotations

from conformance.card import NetworkCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._network import initial
from conformance.operators import Operators
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.trial import Trial

LAW = Law("network_refusal", Profile.TRAINING, NetworkCard, dtypes=("float32",))


def test_network_refusal(trial: Trial) -> None:
    """Give the network an input that it must refuse."""
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        parameters = {name: backend.from_numpy(a) for name, a in initial(check.card, check.dtype).items()}
        with refused(case.call(check.card.name, check.dtype)):
            trial.array(check.card.forward(Operators(backend), trial.natives(case)["input"], parameters))

    trial.each_case(verify)

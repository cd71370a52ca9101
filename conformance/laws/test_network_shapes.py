"""The shape law of networks: each operator's output, on the way, has the documented size."""

from __future__ import annotations

from conformance.card import NetworkCard
from conformance.case import Case
from conformance.law import Law
from conformance.laws._network import initial
from conformance.operators import Operators
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("network_shapes", Profile.TRAINING, NetworkCard, dtypes=("float32",))


def test_network_shapes(trial: Trial) -> None:
    """Compare the shape of each stage's output with the card's."""
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        parameters = {name: backend.from_numpy(a) for name, a in initial(check.card, check.dtype).items()}
        operators, natives = Operators(backend), trial.natives(case)
        batch = trial.array(natives["input"]).shape[0]
        with quiet():
            check.card.forward(operators, natives["input"], parameters)
            seen = [(name, trial.array(output).shape) for name, output in operators.trace]
        expected = [(name, (batch, *shape)) for name, shape in check.card.stages]
        for stage, (wanted, got) in enumerate(zip(expected, seen, strict=True)):
            if wanted != got:
                trial.fail(f"stage {stage + 1} has another size", case, f"{wanted}", f"{got}")

    trial.each_case(verify)

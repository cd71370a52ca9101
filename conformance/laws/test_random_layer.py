"""The law of random layers: in training, a layer is as random as its operator."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.law import Law
from conformance.laws._layers import build
from conformance.laws._random import expected, fates, require_share, seeded, units
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def random_layers(card: OperatorCard) -> Iterator[Statement]:
    """State that the layer in training does what its operator does, in the cases in which that is counted."""
    counted = [case for state in described(card.states, "random_share") for case in state.cases]
    if card.layer is not None and card.choice is not None and counted:
        yield Statement(
            "random-layer",
            f"In training the layer {card.layer.name} keeps and drops as {card.name} does, as often and as much at a "
            "time (false alarms: below 1e-9 a check).",
            "random_layer",
            tuple(counted),
            link=documented(f"generated/torch.nn.{card.layer.name}.html"),
        )


LAW = Law("random_layer", Profile.LAYER, OperatorCard, random_layers, dtypes=("float32",))


def test_random_layer(trial: Trial) -> None:
    """Compare every element with its two fates, and count the units that are kept."""
    check = trial.check

    def verify(case: Case) -> None:
        seeded(trial)
        with quiet():
            output = trial.array(build(trial, case)(*trial.natives(case).values()))
        mask = fates(trial, case, output)
        trial.compare(
            output,
            lambda _, arithmetic: expected(check.card, case, check.dtype, arithmetic, mask),
            call=f"{check.card.layer.name} as {case.call(check.card.name, check.dtype)}",
        )
        kept = units(trial, case, mask)
        probability = check.card.choice.probability(**case.options)
        require_share(trial, case, "units kept", int(kept.sum()), kept.size, probability)

    trial.each_case(verify)

"""The layer law: a layer, given its state, computes what its definition gives."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import FormulaCard, OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import expected_outputs
from conformance.law import Law
from conformance.laws._layers import build, called, written
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def layers(card: FormulaCard) -> Iterator[Statement]:
    """State that the layer computes its operator in every case of the value law, and what the card adds."""
    if isinstance(card, OperatorCard) and card.layer is not None:
        yield Statement(
            "layer",
            f"The layer {card.layer.name}, with its state, computes {card.name}.",
            "layer",
            card.cases(),
            link=documented(f"generated/torch.nn.{card.layer.name}.html"),
        )
    yield from described(card.states, "layer")


LAW = Law("layer", Profile.LAYER, FormulaCard, layers)


def test_layer(trial: Trial) -> None:
    """Compare the layer's outputs with the definition."""
    check = trial.check

    def verify(case: Case) -> None:
        with quiet():
            actual = trial.arrays(called(trial, build(trial, case), case, trial.natives(case)))
        trial.compare_all(
            actual,
            lambda formula, arithmetic: expected_outputs(check.card, formula, case, check.dtype, arithmetic).arrays,
            call=written(trial, case),
        )

    trial.each_case(verify)

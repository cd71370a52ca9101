"""The layer law: a layer, given its state, computes what its definition gives."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import FormulaCard, Layer, OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import expected_outputs
from conformance.law import Law
from conformance.laws._layers import build, called, slug, written
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def layers(card: FormulaCard) -> Iterator[Statement]:
    """State that each layer computes its operator in the cases of the value law, and what the card adds."""
    if isinstance(card, OperatorCard):
        if card.layer is not None:
            yield _wraps(card, "layer", card.layer)
        for further in card.further_layers:
            yield _wraps(card, f"layer-{slug(further.name)}", further)
    yield from described(card.states, "layer")


def _wraps(card: OperatorCard, behaviour: str, wrapping: Layer) -> Statement:
    return Statement(
        behaviour,
        f"The layer {wrapping.name}, with its state, computes {card.name}.",
        "layer",
        tuple(case for case in card.cases() if wrapping.covers(case)),
        link=documented(f"generated/torch.nn.{wrapping.name}.html"),
        wrapping=wrapping,
    )


LAW = Law("layer", Profile.LAYER, FormulaCard, layers, halves=True)


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

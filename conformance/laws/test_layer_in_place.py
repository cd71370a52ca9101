"""The law of layers in place: made with ``inplace=True``, their input holds the result."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import OperatorCard, Statement
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import expected_outputs
from conformance.law import Law
from conformance.laws._layers import build, called, written
from conformance.laws.test_in_place import in_place_cases
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def layers(card: OperatorCard) -> Iterator[Statement]:
    """State it of the layer of every card with a case that asks for it."""
    layer = card.layer
    if layer is None or card.choice is not None:
        return
    cases = tuple(case for case in in_place_cases(card) if layer.covers(case) and "inplace" in layer.options(case))
    if cases:
        yield Statement(
            "layer-in-place",
            f"{layer.name}(inplace=True) computes in place: its input holds the result.",
            "layer_in_place",
            cases,
            link=documented(f"generated/torch.nn.{layer.name}.html"),
        )


LAW = Law("layer_in_place", Profile.LAYER, OperatorCard, layers, dtypes=("float32",))


def test_layer_in_place(trial: Trial) -> None:
    """Call the layer, and compare its input with the definition's output."""
    check = trial.check

    def verify(case: Case) -> None:
        natives = trial.natives(case)
        with quiet():
            trial.array(called(trial, build(trial, case), case, natives))
        first = next(iter(natives))
        trial.compare(
            trial.array(natives[first]),
            lambda formula, arithmetic: expected_outputs(check.card, formula, case, check.dtype, arithmetic).arrays[
                "output"
            ],
            call=written(trial, case),
            what=f"{first} after the call",
        )

    trial.each_case(verify)

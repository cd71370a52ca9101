"""The layer-gradient law: the gradient of a layer's input, where the layer does more than its operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.card import OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import cotangent, expected_gradients, expected_outputs
from conformance.law import Law
from conformance.laws._layers import build
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def layer_gradients(card: OperatorCard) -> Iterator[Statement]:
    """State that what only the layer offers is differentiated as its formula is."""
    cases = tuple(
        replace(case, name=f"{state.behaviour}-{case.name}")
        for state in described(card.states, "layer")
        if state.wrapping is None
        for case in state.cases
        if case.differentiable
    )
    if card.layer is not None and cases:
        yield Statement(
            "layer-gradient",
            f"The gradient of the input of {card.layer.name} is that of its formula, in what only the layer offers.",
            "layer_gradient",
            cases,
            link=documented("autograd.html"),
        )


LAW = Law("layer_gradient", Profile.GRADIENT, OperatorCard, layer_gradients, halves=True)


def test_layer_gradient(trial: Trial) -> None:
    """Compare the gradient of the layer's first input with the definition's."""
    trial.require_gradients()
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        formula = check.card.all_formulas[0]
        shape = expected_outputs(check.card, formula, case, check.dtype, trial.arithmetic).arrays["output"].shape
        name = next(name for name in case.inputs if name not in check.card.layer.state)
        with quiet():
            module = build(trial, case)
            pulled = backend.from_numpy(cotangent(case, shape, check.dtype))
            _, (product,) = backend.vjp(module, [trial.natives(case)[name]], pulled)
        trial.compare(
            trial.array(product),
            lambda formula, arithmetic: expected_gradients(check.card, formula, case, check.dtype, arithmetic)[name],
            call=case.call(check.card.layer.name, check.dtype),
            what=f"gradient of {name}",
        )

    trial.each_case(verify)

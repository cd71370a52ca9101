"""The layer-derivatives law: gradients of every input, state and parameter of a layer that wraps no operator."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import LayerCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import differentiable, expected_gradients
from conformance.law import Law
from conformance.laws._gradients import cotangents_of, function_of, outputs_of
from conformance.laws._layers import build, called, written
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def derivatives(card: LayerCard) -> Iterator[Statement]:
    """State that the layer's gradients are those of its definition, in every case that has a documented one."""
    yield Statement(
        "gradient",
        f"The vector-Jacobian product of {card.layer.name} is that of its formula, for every input and parameter.",
        "layer_derivatives",
        tuple(case for case in card.cases() if case.differentiable),
        link=documented("autograd.html"),
    )
    yield from described(card.states, "layer_derivatives")


LAW = Law("layer_derivatives", Profile.GRADIENT, LayerCard, derivatives, halves=True)


def test_layer_derivatives(trial: Trial) -> None:
    """Compare the gradient of each input and of each parameter with the definition's."""
    check, backend = trial.check, trial.backend
    state = check.card.layer.state

    def verify(case: Case) -> None:
        names = differentiable(check.card, case, check.dtype)
        varied_names = [name for name in names if name not in state]
        fixed = trial.natives(case)
        outputs = outputs_of(trial, case)
        with quiet():
            layer, pulled = build(trial, case), cotangents_of(trial, case, outputs)
            function = function_of(varied_names, fixed, lambda given: called(trial, layer, case, given), outputs)
            _, products, kept = backend.layer_vjp(layer, function, [fixed[name] for name in varied_names], pulled)
        found = dict(zip(varied_names, products, strict=True))
        trial.compare_all(
            {
                f"gradient of {name}": trial.numeric(kept[state[name]], "layer_vjp")
                if name in state
                else trial.array(found[name])
                for name in names
                if name in found or state[name] in kept
            },
            lambda formula, arithmetic: {
                f"gradient of {name}": expected
                for name, expected in expected_gradients(check.card, formula, case, check.dtype, arithmetic).items()
            },
            call=written(trial, case),
        )

    trial.each_case(verify)

"""The law of gradients alone: the gradient of an input is the same where no other one needs a gradient."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from adapters.contract import Native
from conformance.card import FormulaCard, LayerCard, OperatorCard, Statement
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import differentiable, expected_gradients
from conformance.law import Law
from conformance.laws._gradients import cotangents_of, function_of, outputs_of
from conformance.laws._layers import build, called, written
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def alone(card: FormulaCard) -> Iterator[Statement]:
    """State it of what has several inputs that have gradients, once for each set of them that there are cases of.

    Arrays that are parts of one argument are not looked at.
    """
    if not isinstance(card, LayerCard) and not (isinstance(card, OperatorCard) and card.call is None):
        return
    found: dict[tuple[str, ...], Case] = {}
    for case in card.cases():
        if case.differentiable and not case.only_halves and len(names := varied(card, case)) > 1:
            found.setdefault(tuple(names), case)
    if found:
        yield Statement(
            "gradient-alone",
            f"The gradient of an input of {card.name} is the same where the other inputs need none.",
            "gradient_alone",
            tuple(found.values()),
            link=documented("notes/autograd.html#setting-requires-grad"),
            follows_from=("*",),
        )


def varied(card: FormulaCard, case: Case) -> list[str]:
    """Return the names of the inputs of a case that have gradients and are not the state of a layer."""
    state = card.layer.state if isinstance(card, LayerCard) else ()
    return [name for name in differentiable(card, case, "float32") if name not in state]


LAW = Law("gradient_alone", Profile.GRADIENT, FormulaCard, alone)


def test_gradient_alone(trial: Trial) -> None:
    """Compare the gradient of each input, taken alone, with the definition's."""
    trial.require_gradients()
    check = trial.check
    of_layer = isinstance(check.card, LayerCard)

    def verify(case: Case) -> None:
        names = varied(check.card, case)
        with quiet():
            take = _from_layer(trial, case) if of_layer else _from_operator(trial, case)
            actual = {f"gradient of {name}": trial.array(take(name)) for name in names}
        trial.compare_all(
            actual,
            lambda formula, arithmetic: {
                f"gradient of {name}": product
                for name, product in expected_gradients(check.card, formula, case, check.dtype, arithmetic).items()
                if name in names
            },
            call=written(trial, case) if of_layer else case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)


Take = Callable[[str], Native]
"""Takes the name of an input to its gradient, taken alone."""


def _from_operator(trial: Trial, case: Case) -> Take:
    fixed, outputs, operator = trial.natives(case), outputs_of(trial, case), trial.operator()
    pulled = cotangents_of(trial, case, outputs)

    def take(name: str) -> Native:
        function = function_of([name], fixed, lambda given: trial.apply(operator, case, given), outputs)
        return trial.backend.vjp(function, [fixed[name]], pulled)[1][0]

    return take


def _from_layer(trial: Trial, case: Case) -> Take:
    fixed, outputs, layer = trial.natives(case), outputs_of(trial, case), build(trial, case)
    pulled = cotangents_of(trial, case, outputs)
    called(trial, layer, case, fixed)  # some layers are built for the shapes of what they are first called with

    def take(name: str) -> Native:
        function = function_of([name], fixed, lambda given: called(trial, layer, case, given), outputs)
        return trial.backend.layer_vjp(layer, function, [fixed[name]], pulled)[1][0]

    return take

"""The gradient law: the vector-Jacobian product of an operator is that of its definition, for every input."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.card import Formula, OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import differentiable, expected_gradients, expected_outputs, flattened
from conformance.law import Law
from conformance.laws._gradients import cotangents_of, function_of, outputs_of
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def gradients(card: OperatorCard) -> Iterator[Statement]:
    """State that the card's gradients are those of its definition, in every case that has a documented one."""
    if not any(case.has_floating for case in card.cases()):
        return  # whole numbers have no gradient
    cases = tuple(case for case in card.cases() if case.differentiable and case.has_floating)
    drawn = next((state.drawn for state in card.states if state.drawn is not None), None)
    yield Statement(
        "gradient",
        f"The vector-Jacobian product of {card.name} is that of its formula, for every differentiable input.",
        "gradient",
        cases,
        link=documented("autograd.html"),
        drawn=drawn,
    )
    yield from described(card.states, "gradient")


LAW = Law("gradient", Profile.GRADIENT, OperatorCard, gradients, halves=True)


def test_gradient(trial: Trial) -> None:
    """Compare the gradient of each input with the definition's."""
    trial.require_gradients()
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        names = differentiable(check.card, case, check.dtype)
        fixed = trial.natives(case)
        operator = trial.operator()
        outputs = outputs_of(trial, case)
        function = function_of(names, fixed, lambda given: trial.apply(operator, case, given), outputs)
        with quiet():
            pulled = cotangents_of(trial, case, outputs)
            output, products = backend.vjp(function, [fixed[name] for name in names], pulled)
        # Where several formulas are permitted, value and gradient must be of one and the same.
        joined = len(check.card.admissible(check.statement)) > 1
        returned = zip(outputs.floating, flattened(output), strict=True) if joined else ()
        actual = {name: trial.array(native) for name, native in returned}
        actual |= {f"gradient of {name}": trial.array(product) for name, product in zip(names, products, strict=True)}

        def expectations(formula: Formula, arithmetic: Arithmetic) -> dict[str, Bounded]:
            settings = (check.card, formula, case, check.dtype, arithmetic)
            arrays = expected_outputs(*settings).arrays
            values = {name: arrays[name] for name in outputs.floating} if joined else {}
            products = expected_gradients(*settings)
            return {**values, **{f"gradient of {name}": product for name, product in products.items()}}

        trial.compare_all(actual, expectations, call=case.call(check.card.name, check.dtype))

    trial.each_case(verify)

"""The gradient law: the vector-Jacobian product of an operator is that of its definition, for every input."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.contract import Native
from conformance.card import Formula, OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import (
    cotangent,
    differentiable,
    expected_gradients,
    expected_outputs,
    flattened,
    named,
)
from conformance.law import Law
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
        outputs = expected_outputs(check.card, check.card.all_formulas[0], case, check.dtype, trial.arithmetic)
        pulled = tuple(
            backend.from_numpy(cotangent(case, outputs.arrays[name].shape, check.dtype, name))
            for name in outputs.floating
        )

        def function(*varied: Native) -> Native:
            result = trial.apply(operator, case, {**fixed, **dict(zip(names, varied, strict=True))})
            found = named(flattened(result))
            return found["output"] if "output" in found else tuple(found[name] for name in outputs.floating)

        with quiet():
            cotangents = pulled[0] if "output" in outputs.arrays else pulled
            output, products = backend.vjp(function, [fixed[name] for name in names], cotangents)
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

"""The second-gradient law: the gradient of an operator's gradient is that of its definition's."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.contract import Native
from conformance.card import Formula, OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.expectation import cotangent, differentiable, expected_outputs, expected_second_gradients, weight
from conformance.law import Law
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial, quiet

_MOST_CASES = 6
_MOST_ELEMENTS = 400
"""A second derivative costs about as much as the square of a first one: a few small cases of each card will do."""


def second_gradients(card: OperatorCard) -> Iterator[Statement]:
    """State that the gradients of a smooth card can be differentiated again, and what a card with kinks says itself."""
    cases = [case for case in card.cases() if case.differentiable and _elements(case) <= _MOST_ELEMENTS]
    if card.smooth and cases:
        yield Statement(
            "second-gradient",
            f"The gradients of {card.name}, recorded, have the gradients that its formula determines.",
            "second_gradient",
            tuple(cases[:_MOST_CASES]),
            link=documented("generated/torch.autograd.grad.html"),
            follows_from=("*",),
        )
    yield from described(card.states, "second_gradient")


def _elements(case: Case) -> int:
    return sum(array.size for array in case.arrays("float32").values() if array is not None)


LAW = Law("second_gradient", Profile.GRADIENT, OperatorCard, second_gradients)


def test_second_gradient(trial: Trial) -> None:
    """Compare, for each input, the gradient of the weighed sum of all gradients with the definition's."""
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        formula = check.card.all_formulas[0]
        names = differentiable(check.card, case, check.dtype)
        fixed = trial.natives(case)
        operator = trial.operator()
        shape = expected_outputs(check.card, formula, case, check.dtype, trial.arithmetic).arrays["output"].shape

        def function(*varied: Native) -> Native:
            return trial.apply(operator, case, {**fixed, **dict(zip(names, varied, strict=True))})

        with quiet():
            found = backend.second_vjp(
                function,
                [fixed[name] for name in names],
                backend.from_numpy(cotangent(case, shape, check.dtype)),
                [backend.from_numpy(weight(case, name, check.dtype)) for name in names],
            )
        actual = {f"second gradient of {name}": trial.array(one) for name, one in zip(names, found, strict=True)}

        def expectations(formula: Formula, arithmetic: Arithmetic) -> dict[str, Bounded]:
            expected = expected_second_gradients(check.card, formula, case, check.dtype, arithmetic)
            return {f"second gradient of {name}": one for name, one in expected.items()}

        trial.compare_all(actual, expectations, call=case.call(check.card.name, check.dtype))

    trial.each_case(verify)

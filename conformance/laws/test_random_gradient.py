"""The law of random gradients: a random operator is differentiated as what it was in that very call."""

from __future__ import annotations

import numpy as np

from adapters.contract import Native
from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import bounded_inputs, cotangent
from conformance.law import Law
from conformance.laws._random import Mask, fates, seeded
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product, where
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("random_gradient", Profile.GRADIENT, OperatorCard, halves=True)


def test_random_gradient(trial: Trial) -> None:
    """Compare the gradient with that of the fates that the elements met."""
    check, backend = trial.check, trial.backend

    def verify(case: Case) -> None:
        operator = trial.operator()
        ((name, native),) = trial.natives(case).items()
        pulled = backend.from_numpy(cotangent(case, case.shape(name), check.dtype))

        def function(varied: Native) -> Native:
            return trial.apply(operator, case, {name: varied})

        seeded(trial)
        with quiet():
            output, (product,) = backend.vjp(function, [native], pulled)
        mask = fates(trial, case, trial.array(output))
        trial.compare(
            trial.array(product),
            lambda _, arithmetic: _pulled_back(check.card, case, check.dtype, arithmetic, mask),
            call=case.call(check.card.name, check.dtype),
            what=f"gradient of {name}",
        )

    trial.each_case(verify)


def _pulled_back(card: OperatorCard, case: Case, dtype: str, arithmetic: Arithmetic, mask: Mask) -> Bounded:
    assert card.choice is not None
    ((name, x),) = bounded_inputs(case, dtype, arithmetic).items()
    with np.errstate(all="ignore"):
        result = where(
            mask, card.choice.kept(**{name: x}, **case.options), card.choice.dropped(**{name: x}, **case.options)
        )
        (product,) = vector_jacobian_product(result, Bounded.input(cotangent(case, x.shape, dtype), arithmetic), [x])
    return product.detached()

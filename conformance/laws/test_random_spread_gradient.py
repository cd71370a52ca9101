"""The law of gradients of random spreads: what was drawn in a call is what its gradient goes by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from adapters.contract import Native
from conformance.card import OperatorCard
from conformance.case import Case
from conformance.expectation import cotangent
from conformance.law import Law
from conformance.laws._random import seeded
from conformance.laws._spread import ends, place
from conformance.oracle import Arithmetic, Bounded, vector_jacobian_product
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("random_spread_gradient", Profile.GRADIENT, OperatorCard, halves=True)


def test_random_spread_gradient(trial: Trial) -> None:
    """Compare the gradient with what lies between those of the two ends as the output did between the ends."""
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
        seen = trial.array(output)
        trial.compare(
            trial.array(product),
            lambda _, arithmetic: _between(check.card, case, check.dtype, arithmetic, seen),
            call=case.call(check.card.name, check.dtype),
            what=f"gradient of {name}",
        )

    trial.each_case(verify)


def _between(
    card: OperatorCard, case: Case, dtype: str, arithmetic: Arithmetic, output: NDArray[np.floating]
) -> Bounded:
    with np.errstate(all="ignore"):
        x, low, high = ends(card, case, dtype, arithmetic)
        pulled = Bounded.input(cotangent(case, x.shape, dtype), arithmetic)
        (of_low,), (of_high,) = (vector_jacobian_product(end, pulled, [x]) for end in (low, high))
        return (of_low + (of_high - of_low) * place(output, low, high)).detached()

"""Alternatives: one number that is computed in any of several ways, equal in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from conformance.oracle.bounded import Bounded
from conformance.oracle.differentiation import vector_jacobian_product

Evaluation = Callable[..., Bounded]


def any_evaluation(evaluations: Sequence[Evaluation], *inputs: Bounded) -> Bounded:
    """Return a function of ``inputs`` that is computed in any of several ways, equal in exact arithmetic.

    The value is that of the first; the bound admits each of them, and so do those of its derivatives of every order.
    """
    variables = [_standing_for(x) for x in inputs]
    return one_of([evaluate(*variables) for evaluate in evaluations], variables)


def one_of(results: Sequence[Bounded], variables: Sequence[Bounded]) -> Bounded:
    """Return the first of several ``results`` with a bound that admits each of them, derivatives included.

    Args:
        results: What several evaluations come to that are equal in exact arithmetic.
        variables: What they were computed from, no one twice. A result depends on nothing else.
    """
    first = results[0]
    latest: list[tuple[Bounded, list[Bounded]]] = []

    def pulled(c: Bounded) -> list[Bounded]:
        # Each variable's pullback is called with the same cotangent in turn; one backward pass does for all of them.
        if not latest or latest[0][0] is not c:
            own = _standing_for(c)
            products = zip(
                *(vector_jacobian_product(one, own, variables, independent=True) for one in results), strict=True
            )
            latest[:] = [(c, [one_of(alike, (*variables, own)) for alike in products])]
        return latest[0][1]

    parents = [(x, lambda c, i=i: pulled(c)[i]) for i, x in enumerate(variables)]
    return Bounded(first.value, np.maximum.reduce([one.error for one in results]), first.arithmetic, parents)


def _standing_for(x: Bounded) -> Bounded:
    """Return ``x`` as a variable of its own, so that one array given twice is two variables."""
    return Bounded(x.value, x.error, x.arithmetic, ((x, lambda c: c),), x.terms)

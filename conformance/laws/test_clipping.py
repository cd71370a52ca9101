"""The clipping law: the gradients afterwards, and the norm that is returned, are as documented."""

from __future__ import annotations

from typing import Any

from conformance.card import ClippingCard
from conformance.clipping import Clipping
from conformance.law import Law
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial, quiet

LAW = Law("clipping", Profile.OPTIMIZER, ClippingCard, halves=True)


def test_clipping(trial: Trial) -> None:
    """Compare every gradient, and what is returned if something is documented to be."""
    check = trial.check

    def expected(case: Clipping, arithmetic: Arithmetic) -> dict[str, Bounded]:
        gradients = [Bounded.input(array, arithmetic) for array in case.arrays(check.dtype)]
        norm, clipped = check.card.definition(gradients, **case.options)
        return {**_named(clipped), **({} if norm is None else {"total norm": norm})}

    def verify(case: Clipping) -> None:
        with quiet():
            norm, clipped = trial.backend.clipped(check.card.name, case.arrays(check.dtype), case.options)
        returned = {} if norm is None else {"total norm": norm}
        trial.compare_all(
            {name: trial.numeric(array, "clipped") for name, array in {**_named(clipped), **returned}.items()},
            lambda _, arithmetic: expected(case, arithmetic),
            call=case.call(check.card.name, check.dtype),
        )

    trial.each_case(verify)


def _named(arrays: Any) -> dict[str, Any]:
    return {f"gradient {i}": array for i, array in enumerate(arrays)}

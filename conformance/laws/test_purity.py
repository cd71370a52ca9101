"""The purity law: an operator leaves its inputs as they were."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from conformance.card import OperatorCard, Statement, described
from conformance.case import Case
from conformance.clause import documented
from conformance.law import Law
from conformance.profile import Profile
from conformance.trial import Trial, quiet


def unchanged_inputs(card: OperatorCard) -> Iterator[Statement]:
    """State that the inputs are left alone: in the card's basic case, and in others until each input was given."""
    if card.states[0].cases:
        yield Statement(
            "purity",
            f"{card.name} leaves its inputs unchanged: only operations whose name ends in an underscore, or that are "
            "told to work in place, do not.",
            "purity",
            tuple(_giving_each_input(card)),
            link=documented("tensors.html"),
        )
    yield from described(card.states, "purity")


def _giving_each_input(card: OperatorCard) -> Iterator[Case]:
    """Return the card's basic case, and for each input that was not given yet the first case that gives it."""
    (basic, *_) = card.states[0].cases
    yield basic
    seen = _given(basic)
    for case in () if card.written is not None else card.cases():
        if not _given(case) <= seen and not case.options.get("inplace"):
            yield case
            seen |= _given(case)


def _given(case: Case) -> frozenset[str]:
    return frozenset(name for name, recipe in case.inputs.items() if recipe is not None)


LAW = Law("purity", Profile.FUNCTIONAL, OperatorCard, unchanged_inputs, dtypes=("float32",))


def test_purity(trial: Trial) -> None:
    """Compare every input after the call with what it was before, bit for bit."""

    def verify(case: Case) -> None:
        natives = trial.natives(case)
        with quiet():
            trial.arrays(trial.apply(trial.operator(), case, natives))
        for name, before in case.arrays(trial.check.dtype).items():
            if before is not None and not np.array_equal(trial.array(natives[name]), before, equal_nan=True):
                trial.fail(f"the call changed its argument {name}", case, f"{name} as it was", f"{name} changed")

    trial.each_case(verify)

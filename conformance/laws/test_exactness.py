"""The exactness law: a sum of products of whole numbers is exact, in any order, while no partial sum is too large.

This tells products of rounded factors (TF32) and sums in a half type from full precision at every size. It holds for
the derivatives of a contraction as well, which are contractions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from conformance.card import OperatorCard, Statement
from conformance.case import Case
from conformance.clause import documented
from conformance.data import Draw, Integers, Values
from conformance.expectation import expected_outputs
from conformance.failure import ConformanceFailure
from conformance.judgement import judge
from conformance.law import Law
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile
from conformance.trial import Trial


def whole_numbers(card: OperatorCard) -> Iterator[Statement]:
    """State that a contraction of whole numbers is exact, with either factor the large one."""
    if card.contraction is None:
        return
    basic = card.cases()[0]
    yield Statement(
        "exact-integers",
        f"{card.name} of whole numbers is exact while every product and partial sum is representable.",
        "exactness",
        tuple(
            replace(_with_units(basic), name=f"large-{name}", options={**basic.options}, seed=index)
            for index, name in enumerate(card.contracted)
        ),
        link=documented("notes/numerical_accuracy.html"),
    )


LAW = Law("exactness", Profile.FUNCTIONAL, OperatorCard, whole_numbers, halves=True)


def test_exactness(trial: Trial) -> None:
    """Compare a contraction of whole numbers with its exact value."""
    check = trial.check

    def verify(case: Case) -> None:
        probe = _enlarged(case, check.card, trial.arithmetic)
        formula = check.card.all_formulas[0]
        bounded = expected_outputs(check.card, formula, probe, check.dtype, trial.arithmetic).arrays["output"]
        exact = Bounded(bounded.value, np.zeros_like(bounded.error), bounded.arithmetic)
        call = probe.call(check.card.name, check.dtype) + " of whole numbers"
        judgement = judge(trial.call(probe)["output"], exact, lambda: exact, call=call, what="output")
        trial.measurement = trial.measurement.joined(judgement.measurement)
        if judgement.evidence is not None:
            raise ConformanceFailure(judgement.evidence)

    trial.each_case(verify)


def _with_units(case: Case) -> Case:
    """Return ``case`` with every floating-point input drawn from -1, 0 and 1."""
    units = {
        name: Draw(recipe.shape, "units")
        for name, recipe in case.inputs.items()
        if recipe is not None and not (isinstance(recipe, Values) and recipe.dtype is not None)
    }
    return case.with_inputs(**units)


def _enlarged(case: Case, card: OperatorCard, arithmetic: Arithmetic) -> Case:
    """Return ``case`` with its named factor as large as keeps every partial sum exact."""
    name = case.name.removeprefix("large-")
    recipe = case.inputs[name]
    if recipe is None:
        return case
    terms = max(int(np.prod(r.shape)) for n, r in case.inputs.items() if r is not None and n in card.contracted)
    significand = 2.0**10 if card.contraction in arithmetic.tensor_float32 else np.inf
    # Half types accumulate in longer ones, but the sum has to be one of their own numbers in the end.
    roundoff = max(arithmetic.accumulator_roundoff, arithmetic.roundoff)
    largest = int(min(1 / roundoff / (2 * terms), 1 / arithmetic.roundoff / 2, significand))
    return case.with_inputs(**{name: Integers(recipe.shape, max(largest, 1))})

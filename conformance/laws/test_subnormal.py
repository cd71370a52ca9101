"""The law of subnormal numbers: what only moves and selects elements keeps those below the smallest normal number.

Arithmetic may take them for zero: budgets of what is computed admit it. Where nothing is computed there is no budget,
and a formula such as max(0, x) holds for them as for all other numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.card import OperatorCard, Statement
from conformance.data import Subnormals
from conformance.law import Law
from conformance.laws._values import compare_outputs
from conformance.profile import Profile
from conformance.trial import Trial


def selections(card: OperatorCard) -> Iterator[Statement]:
    """State it of every card whose results are elements of its input, in its basic case."""
    if not card.selects:
        return
    (basic, *_) = card.states[0].cases
    first, recipe = next(
        (name, one) for name, one in basic.inputs.items() if one is not None and getattr(one, "dtype", None) is None
    )
    case = replace(basic.with_inputs(**{first: Subnormals(recipe.shape)}), name="subnormal", differentiable=False)
    yield Statement(
        "subnormal",
        f"{card.name} takes numbers below the smallest normal one for what they are: none becomes zero.",
        "subnormal",
        (case,),
    )


LAW = Law("subnormal", Profile.FUNCTIONAL, OperatorCard, selections)


def test_subnormal(trial: Trial) -> None:
    """Compare the output with the definition, in numbers that some hardware takes for zero."""
    compare_outputs(trial)

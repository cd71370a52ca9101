"""Every definition of an operator or layer: its values and gradients in extended precision are those of 400 bits.

The cards are found by the catalogue's own walk, so that a new one is covered without an edit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from conformance.card import Formula, FormulaCard, LayerCard, described
from conformance.case import Case
from conformance.catalogue import cards
from conformance.expectation import bounded_inputs
from conformance.oracle import Bounded, vector_jacobian_product
from tests.oracle._exactly import (
    DOUBLE,
    EXACT,
    Weighed,
    assert_derivative,
    exactly,
    outputs,
    smallest_first,
    within_oracle_precision,
)

LARGEST_CASE = 160
"""Input elements: what 400-bit arithmetic does in a fraction of a second."""

GRADIENT_CASES = 3
"""Of each card: differences take three evaluations a direction."""

CARDS = [card for card in cards() if isinstance(card, FormulaCard)]


PASSED_BY = {
    ("gaussian_nll_loss", "eps"): "the clamp of the variance is documented to be passed by the derivative",
}
"""Statements, by card and behaviour, whose documented gradient is not the derivative of the value, and why."""


def small_cases(card: FormulaCard) -> dict[str, Case]:
    """Return the smallest case of each statement of values, by the statement's behaviour."""
    return {
        state.behaviour: chosen[0]
        for state in described(card.states, "layer" if isinstance(card, LayerCard) else "value")
        if (chosen := smallest_first(state.cases, LARGEST_CASE))
    }


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_values_are_those_of_400_bits(card: FormulaCard) -> None:
    cases = small_cases(card)
    assert cases, f"{card.name} has no case of at most {LARGEST_CASE} elements"
    for case in cases.values():
        for formula in card.all_formulas:
            with np.errstate(all="ignore"):
                extended = outputs(formula.definition, bounded_inputs(case, "float64", DOUBLE), case.options)
                exact = outputs(formula.definition, bounded_inputs(case, "float64", EXACT), case.options)
            for one, other in zip(extended, exact, strict=True):
                within_oracle_precision(one, other.value)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_gradients_are_those_of_differences(card: FormulaCard) -> None:
    cases = {name: case for name, case in small_cases(card).items() if case.differentiable and case.size}
    chosen = [case for name, case in cases.items() if (card.name, name) not in PASSED_BY][:GRADIENT_CASES]
    compared = [_compare(card, case, formula) for case in chosen for formula in card.all_formulas]
    assert any(compared) or not any(_is_differentiable(card, case) for case in cases.values())


def _is_differentiable(card: FormulaCard, case: Case) -> bool:
    weighed = Weighed(card, case, card.definition)
    return bool(weighed.names) and bool(weighed.cotangents)


def _compare(card: FormulaCard, case: Case, formula: Formula) -> bool:
    """Assert that the gradients of a case are right; return whether there were any to compare."""
    if not _is_differentiable(card, case):
        return False
    weighed = Weighed(card, case, formula.definition)
    gradients = weighed.gradients(EXACT)
    for one, other in zip(weighed.gradients(DOUBLE), gradients, strict=True):
        within_oracle_precision(one, other.value)
    point = {name: weighed.inputs[name].value for name in weighed.names}
    return assert_derivative(weighed.at, point, {n: g.value for n, g in zip(weighed.names, gradients, strict=True)})


@pytest.mark.parametrize(("name", "behaviour"), sorted(PASSED_BY))
def test_the_exceptions_are_still_exceptions(name: str, behaviour: str) -> None:
    card = next(card for card in CARDS if card.name == name)
    with pytest.raises(AssertionError):
        _compare(card, small_cases(card)[behaviour], card.all_formulas[0])


def _second_gradients(weighed: Weighed, inputs: dict[str, Bounded]) -> list[Bounded]:
    """Return the gradients of a case, as functions of its differentiable inputs, which others have gradients of."""
    (output,) = outputs(weighed.definition, {**weighed.inputs, **inputs}, weighed.case.options)
    (weights,) = weighed.cotangents
    return vector_jacobian_product(output, Bounded(weights, np.zeros_like(weights), EXACT), list(inputs.values()))


@pytest.mark.parametrize("card", [card for card in CARDS if getattr(card, "smooth", False)], ids=lambda card: card.name)
def test_second_derivatives_of_smooth_cards(card: FormulaCard) -> None:
    compared = 0
    passed_by = tuple(f"{behaviour}-" for name, behaviour in PASSED_BY if name == card.name)
    cases = [c for c in card.cases() if c.differentiable and c.size and not c.name.startswith(passed_by)]
    for case in smallest_first(cases, LARGEST_CASE)[:2]:
        weighed = Weighed(card, case, card.definition)
        point = {name: weighed.inputs[name].value for name in weighed.names}
        weights = {name: exactly(np.random.default_rng(5).standard_normal(a.shape)) for name, a in point.items()}

        def first(moved: dict[str, Any], weighed: Weighed = weighed, weights: dict[str, Any] = weights) -> Any:
            found = _second_gradients(weighed, {n: Bounded(a, np.zeros_like(a), EXACT) for n, a in moved.items()})
            pairs = zip(weights.values(), found, strict=True)
            return sum((w * g for ws, a in pairs for w, g in zip(ws.flat, a.value.flat, strict=True)), start=0)

        inputs = {name: Bounded(a, np.zeros_like(a), EXACT) for name, a in point.items()}
        pulled = [
            vector_jacobian_product(one, Bounded(w, np.zeros_like(w), EXACT), list(inputs.values()))
            for one, w in zip(_second_gradients(weighed, inputs), weights.values(), strict=True)
        ]
        twice = {name: sum(parts[1:], start=parts[0]).value for name, *parts in zip(point, *pulled, strict=True)}
        compared += assert_derivative(first, point, twice)
    assert compared

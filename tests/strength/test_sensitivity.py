"""The sensitivity table: what an error must be for the suite to see it, on two cards whose budgets are known."""

from __future__ import annotations

import numpy as np
import pytest

from adapters.registry import load
from conformance.approximation import APPROXIMATIONS, kept, off
from conformance.notice import notices
from conformance.sensitivity import one_element, sensitivities, show_sensitivity


@pytest.fixture(scope="module")
def found():
    backend = load("ref")
    return {one.card: one for card in ("relu", "linear") for one in sensitivities(backend, card) if one.card == card}


def test_an_exact_operation_is_held_to_the_last_bit(found):
    # relu rounds nothing: the next number after the right one is wrong.
    assert found["relu"].powers == {"float32": (1, 1), "float64": (1, 1)}


def test_a_sum_is_held_to_what_its_terms_may_lose(found):
    # A short row to a few units; the longest, of 576 terms that mostly cancel, to about 576 of its terms' magnitude.
    for keenest, dullest in found["linear"].powers.values():
        assert keenest <= 2
        assert keenest < dullest <= 14


def test_an_error_is_that_of_one_element():
    changed = one_element(2.0**-22)(np.float32([1.0, -4.0, np.nan]))
    assert changed[:2].tolist() == [1.0, np.float32(-4 * (1 + 2**-22))]


@pytest.fixture(scope="module")
def noticed():
    return {card: notices(card) for card in ("linear", "logsigmoid", "pixel_shuffle")}


@pytest.mark.parametrize(
    ("card", "name", "clause"),
    [
        ("linear", "TF32", "linear.value"),
        ("linear", "half-sums", "linear.no-bias"),
        ("linear", "single", "linear.gradient"),
        ("pixel_shuffle", "flush", "pixel_shuffle.subnormal"),
    ],
)
def test_cheap_arithmetic_is_noticed(noticed, card, name, clause):
    assert clause in noticed[card][name].noticed


def test_what_budgets_admit_is_not_noticed(noticed):
    # A rounded reciprocal is within the division's bound, and CUDA's exp near 0 within that of exp.
    for found in noticed.values():
        assert not found["reciprocal"].noticed


def test_arithmetic_that_a_formula_does_not_use_changes_nothing(noticed):
    found = noticed["pixel_shuffle"]
    assert {name for name in APPROXIMATIONS if found[name].noticed or found[name].unnoticed} == {"flush", "single"}


def test_formulas_are_as_before_afterwards():
    before = notices("relu6")["half-sums"]
    assert notices("relu6")["half-sums"] == before


def test_approximations_do_what_they_say():
    assert kept(11)(np.longdouble([1 + 2**-10, 1 + 2**-12, 3.5, np.inf])).tolist() == [1 + 2**-10, 1.0, 3.5, np.inf]
    assert off(2.0**-10)(np.longdouble([2.0])).tolist() == [2 + 2**-9]


def test_the_table_is_printed(capsys):
    assert show_sensitivity(load("ref"), "no_such_card") == 5
    assert show_sensitivity(load("ref"), "relu6") == 0
    out = capsys.readouterr().out
    assert "relu6" in out
    assert "2^1" in out
    assert "TF32" in out

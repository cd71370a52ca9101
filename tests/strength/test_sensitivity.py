"""The sensitivity table: what an error must be for the suite to see it, on two cards whose budgets are known."""

from __future__ import annotations

import numpy as np
import pytest

from adapters.registry import load
from conformance.sensitivity import _flushed, _rounded, one_element, sensitivities, show_sensitivity


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


def test_cheap_arithmetic_is_caught(found):
    for card in ("relu", "linear"):
        assert {name: found[card].caught[name] for name in ("TF32", "half", "single")} == {
            "TF32": True,
            "half": True,
            "single": True,
        }


def test_distortions_do_what_they_say():
    assert _rounded(np.float32([1 + 2**-10, 1 + 2**-12, 3.5, np.inf]), 11).tolist() == [1 + 2**-10, 1.0, 3.5, np.inf]
    assert _flushed(np.float32([1e-40, -1e-40, 1.0])).tolist() == [0.0, 0.0, 1.0]
    assert np.signbit(_flushed(np.float32([-1e-40]))).all()
    changed = one_element(2.0**-22)(np.float32([1.0, -4.0, np.nan]))
    assert changed[:2].tolist() == [1.0, np.float32(-4 * (1 + 2**-22))]


def test_the_table_is_printed(capsys):
    assert show_sensitivity(load("ref"), "no_such_card") == 5
    assert show_sensitivity(load("ref"), "relu6") == 0
    out = capsys.readouterr().out
    assert "relu6" in out
    assert "2^1" in out

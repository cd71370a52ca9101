"""The laws of random operators hold whatever the seed: an honest backend passes with any."""

from __future__ import annotations

import pytest

from adapters.registry import load
from conformance.laws import _random
from conformance.strength import runs, verdict

SEEDS = 12


@pytest.fixture(scope="module")
def checks():
    return list(runs(lambda entry: entry.law.startswith("random_")))


def test_there_are_random_checks(checks):
    assert {entry.law for entry, _ in checks} >= {
        "random_value",
        "random_share",
        "random_independence",
        "random_spread",
    }


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_seed_passes(checks, seed, monkeypatch):
    monkeypatch.setattr(_random, "seed_of", lambda *parts: len(str(parts)) + 1000 * seed)
    backend = load("ref")
    failed = [entry.name("") for entry, run in checks if verdict(run, backend) != "passed"]
    assert not failed

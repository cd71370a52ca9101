"""How often what is random fails though all is right: the measurement of it."""

from __future__ import annotations

from adapters.registry import load
from conformance.__main__ import main
from conformance.chance import Flips, _drawn_anew, show_chance
from conformance.laws import _random, _sampling


def test_seeds_and_chances_are_others_only_within() -> None:
    before = _random.seed_of("relu")
    with _drawn_anew(0, 0.25):
        first = _random.seed_of("relu")
        assert _sampling.FALSE_ALARM == 0.25
    with _drawn_anew(1, 0.25):
        second = _random.seed_of("relu")
    assert len({before, first, second}) == 3
    assert _random.seed_of("relu") == before
    assert _sampling.FALSE_ALARM == 1e-9


def test_more_failures_than_chance_explains_are_not_as_promised() -> None:
    assert Flips("any", 10, 10, {0.01: 2}).is_as_promised
    assert not Flips("any", 10, 10, {0.01: 40}).is_as_promised
    assert not Flips("any", 10, 10, {1e-9: 1, 0.01: 0}).is_as_promised


def test_nothing_fails(capsys) -> None:
    assert show_chance(load("ref"), 1) == 0
    out = capsys.readouterr().out
    assert "random_share" in out
    assert "initial_distribution" in out


def test_a_backend_that_is_not_there(capsys) -> None:
    assert main(["chance", "--backend", "no_such_backend"]) == 2
    assert "no_such_backend" in capsys.readouterr().err

"""Faults planted in torch itself: a few of those that ``python -m conformance strength --over=torch`` plants."""

from __future__ import annotations

from functools import cache, lru_cache
from zlib import crc32

import pytest

from adapters.registry import load
from conformance.plan import clauses
from conformance.strength import Check, Fault, faults, runs, try_fault, verdict

FAULTS = faults("tests.faults_over_torch")

_ONE_OF = 100
"""How many faults there are for each one that is tried here."""

SOME = [fault for fault in FAULTS if crc32(fault.id.encode()) % _ONE_OF == 0]


@lru_cache(maxsize=1)
def _by_subject() -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in runs():
        found.setdefault(check[0].clause.subject, []).append(check)
    return found


@cache
def _passing(subject: str) -> list[Check]:
    return [check for check in _by_subject()[subject] if verdict(check[1], load("torch")) == "passed"]


@pytest.mark.parametrize("fault", SOME, ids=lambda fault: fault.id)
def test_fault_is_caught(fault: Fault) -> None:
    outcome = try_fault(fault, load("torch"), _passing(fault.scope.partition(".")[0]))
    if not outcome.carried:
        pytest.skip("it is written for the reference's own arrays")
    assert outcome.caught, f"{fault.id} is not caught; {outcome.failed} of {outcome.checks} checks"


def test_each_breaks_a_clause() -> None:
    assert not [fault.id for fault in FAULTS if not any(map(fault.may_break, clauses()))]


def test_nothing_is_left_in_torch() -> None:
    import torch

    x = torch.tensor([-2.0])
    for fault in SOME:
        with fault.plant():
            pass
    assert torch.nn.functional.relu(x).tolist() == [0.0]
    assert not hasattr(torch.Tensor, "array")
    assert torch.optim.SGD([x], lr=0.5).defaults["lr"] == 0.5

"""Every planted fault is caught by the clause that it breaks, and fails nothing that it has nothing to do with.

Each fault is tried here against all checks of its clause and against a few of those clauses that run the faulty code
and must pass all the same. ``python -m conformance strength`` tries every fault against everything.
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

import pytest

from adapters.contract import Backend
from adapters.registry import load
from conformance.plan import clauses, plan
from conformance.reach import code_of
from conformance.strength import Check, Fault, Reach, faults, runs, try_fault, unplanted

FAULTS = faults("tests.faults")

_NEIGHBOURS = 6
"""How many clauses that must pass are asked about each fault."""


@lru_cache(maxsize=1)
def _backend() -> Backend:
    return load("ref")


@lru_cache(maxsize=2)
def _by_clause(dtypes: tuple[str, ...]) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in runs(dtypes=dtypes):
        found.setdefault(check[0].clause.id, []).append(check)
    return found


@lru_cache(maxsize=2)
def _first_reach(dtypes: tuple[str, ...]) -> Reach:
    """Return what code the first check of each clause runs, by the clause."""
    by_clause = _by_clause(dtypes)
    _, reach = unplanted(_backend(), [checks[0] for checks in by_clause.values()])
    return {clause: reach[checks[0][0].name("")] for clause, checks in by_clause.items()}


def _neighbours(fault: Fault) -> list[Check]:
    """Return the first check of some clauses that run what the fault replaces, and that it must not fail."""
    with fault.plant() as replaced:
        touched = code_of(replaced)
    reached = [
        clause
        for clause, code in _first_reach(fault.dtypes).items()
        if not fault.expects(clause) and (touched is None or not touched.isdisjoint(code))
    ]
    reached.sort(key=lambda clause: crc32(f"{fault.id} {clause}".encode()))
    return [_by_clause(fault.dtypes)[clause][0] for clause in reached[:_NEIGHBOURS]]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_fault_is_caught(fault: Fault) -> None:
    by_clause = _by_clause(fault.dtypes)
    assert fault.breaks in by_clause, f"there is no clause {fault.breaks!r} for the fault {fault.name!r} to break"
    outcome = try_fault(fault, _backend(), [*by_clause[fault.breaks], *_neighbours(fault)])
    assert outcome.caught, f"{fault.id} is not caught: its clause gives {outcome.failed.get(fault.breaks, 'passed')}"
    assert not outcome.surprises, f"{fault.id} also fails {', '.join(outcome.surprises)}"


@pytest.mark.parametrize("family", sorted({entry.family for entry in plan()}))
def test_nothing_fails_unplanted(family: str) -> None:
    failed, _ = unplanted(_backend(), list(runs(lambda entry: entry.family == family)))
    assert not failed


def test_every_clause_has_a_fault() -> None:
    untried = set(clauses()) - {fault.breaks for fault in FAULTS}
    assert not untried, f"{len(untried)} clauses have no fault: {', '.join(sorted(untried))}"

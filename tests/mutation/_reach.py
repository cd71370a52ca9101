"""Which checks evaluate what a mutant changes: no other check can notice it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.registry import load
from conformance.plan import Entry
from conformance.strength import Check, runs, verdict
from conformance.trial import Trial
from tests.mutation._mutants import Mutant, Watch
from tests.mutation._processes import each
from tests.mutation._remembered import Measured, Memory, Sources

_PORTION = 50
"""How many checks are measured at a time."""
_PATIENCE = 600.0
"""How many seconds that may take."""


@dataclass(frozen=True)
class Reach:
    """A check that passes, what it evaluates, and how long it takes.

    Args:
        check: The check.
        sites: A number whose bit k says that the check evaluates what mutant k changes.
        seconds: How long it took.
    """

    check: Check
    sites: int
    seconds: float


def measured(
    made: Sequence[Mutant], path: Path | None, processes: int, words: Sequence[str], say: Callable[[str], None]
) -> list[Reach]:
    """Return every check that passes, with what it evaluates: the quickest of each clause, then the next of each.

    Args:
        made: All mutants.
        path: The file that remembers what was measured; None measures all.
        processes: How many measure at a time.
        words: Only checks whose clause, or whose card's family, contains one of these.
        say: What tells the user how it goes.
    """

    def wanted(entry: Entry) -> bool:
        return any(word in f"{entry.family}/{entry.clause.id}" for word in words)

    checks = {entry.name(""): (entry, run) for entry, run in runs(wanted)}
    memory, sources = Memory(path, made), Sources()
    sums = {name: sources.of(check) for name, check in checks.items()}
    missing = [name for name in checks if name not in memory.known or memory.known[name].sources != sums[name]]
    if missing:
        say(f"{len(missing)} checks are carried out to see what each evaluates")
    done: dict[str, Measured] = {}
    for found in _carried_out(made, checks, missing, sums, processes):
        done |= found
        if len(done) % (10 * _PORTION) == 0:
            say(f"  {len(done)} of {len(missing)}")
            memory.keep(done)
    memory.keep(done)
    for name in checks:
        if memory.known[name].verdict != "passed":
            say(f"left out: {name} {memory.known[name].verdict} without any change")
    first = _first(made)
    reach = [
        Reach(check, _joined(memory.known[name].sites, first), memory.known[name].seconds)
        for name, check in checks.items()
        if memory.known[name].verdict == "passed"
    ]
    return _by_turns(reach)


def _by_turns(reach: Sequence[Reach]) -> list[Reach]:
    turns: Counter[str] = Counter()
    found: list[tuple[int, float, Reach]] = []
    for one in sorted(reach, key=lambda one: one.seconds):
        clause = one.check[0].clause.id
        found.append((turns[clause], one.seconds, one))
        turns[clause] += 1
    return [one for _, _, one in sorted(found, key=lambda entry: entry[:2])]


def _carried_out(
    made: Sequence[Mutant],
    checks: Mapping[str, Check],
    missing: Sequence[str],
    sums: Mapping[str, str],
    processes: int,
) -> Iterator[dict[str, Measured]]:
    backend, first = load("ref"), _first(made)
    touched: set[int] = set()
    watch = Watch(made, touched.add)

    def measure(names: Sequence[str]) -> tuple[dict[str, Measured], bool]:
        rows: dict[str, Measured] = {}
        with watch, _unjudged():
            for name in names:
                touched.clear()
                began = time.perf_counter()
                result = verdict(checks[name][1], backend)
                seconds = round(time.perf_counter() - began, 5)
                rows[name] = Measured(sums[name], result, seconds, _divided(touched, made, first))
        return rows, True

    portions = [missing[at : at + _PORTION] for at in range(0, len(missing), _PORTION)]
    for names, rows in each(measure, portions, processes, _PATIENCE):
        yield rows or {name: Measured(sums[name], "died", 0.0, {}) for name in names}


@contextmanager
def _unjudged() -> Iterator[None]:
    """Let numbers pass without the oracle, whose arithmetic is most of a check: what the backend runs is the same."""
    right = Trial.compare_all
    Trial.compare_all = lambda *_, **__: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        Trial.compare_all = right  # type: ignore[method-assign]


def _first(made: Sequence[Mutant]) -> dict[str, int]:
    """Return the number of each module's first mutant."""
    first: dict[str, int] = {}
    for number, mutant in enumerate(made):
        first.setdefault(mutant.module, number)
    return first


def _divided(touched: Iterable[int], made: Sequence[Mutant], first: Mapping[str, int]) -> dict[str, str]:
    sites: dict[str, int] = {}
    for number in touched:
        module = made[number].module
        sites[module] = sites.get(module, 0) | 1 << (number - first[module])
    return {module: f"{bits:x}" for module, bits in sorted(sites.items())}


def _joined(sites: Mapping[str, str], first: Mapping[str, int]) -> int:
    return sum(int(bits, 16) << first[module] for module, bits in sites.items())
